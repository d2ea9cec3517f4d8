/**
 * Spanning trees. Use {@link io.solvegrad.spanningtree.MinimumSpanningTree} to connect all vertices
 * of an undirected graph as cheaply as possible, whatever way lies between two of them; for the way
 * between two vertices see io.solvegrad.shortestpath, for a closed way io.solvegrad.tour.
 */
@NullMarked
package io.solvegrad.spanningtree;

import org.jspecify.annotations.NullMarked;
