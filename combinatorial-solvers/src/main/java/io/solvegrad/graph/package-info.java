/**
 * The structure that solvers on graphs share: {@link io.solvegrad.graph.EdgeList}. Use it to build a
 * solver, and its JGraphT view to write one of your own.
 */
@NullMarked
package io.solvegrad.graph;

import org.jspecify.annotations.NullMarked;
