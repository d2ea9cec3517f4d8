/**
 * The structure that solvers on graphs share: {@link io.solvegrad.graph.EdgeList}. Use it to build
 * a solver of io.solvegrad.flow, .graphmatching, .matching, .shortestpath or .spanningtree, and its
 * JGraphT view to write one of your own. Grids, matrices and sets of items need none.
 */
@NullMarked
package io.solvegrad.graph;

import org.jspecify.annotations.NullMarked;
