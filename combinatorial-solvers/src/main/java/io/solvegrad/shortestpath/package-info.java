/**
 * Shortest paths. Use {@link io.solvegrad.shortestpath.GridShortestPath} for maps, where every cell
 * has a weight, and {@link io.solvegrad.shortestpath.DirectedShortestPath} for any directed graph
 * whose edges have weights; an undirected edge is two directed ones. Negative weights make large
 * instances too hard: put {@link io.solvegrad.solver.NonNegativeClamp} in front. For a round trip
 * through all vertices see io.solvegrad.tour.
 */
@NullMarked
package io.solvegrad.shortestpath;

import org.jspecify.annotations.NullMarked;
