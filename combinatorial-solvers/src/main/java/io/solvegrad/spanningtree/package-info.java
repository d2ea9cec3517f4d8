/**
 * Spanning trees. Use {@link io.solvegrad.spanningtree.MinimumSpanningTree} to connect all vertices
 * of a graph as cheaply as possible.
 */
@NullMarked
package io.solvegrad.spanningtree;

import org.jspecify.annotations.NullMarked;
