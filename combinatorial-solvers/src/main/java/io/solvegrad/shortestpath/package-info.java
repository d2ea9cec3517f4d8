/**
 * Shortest paths. Use {@link io.solvegrad.shortestpath.GridShortestPath} for maps, where every cell
 * has a weight, and {@link io.solvegrad.shortestpath.DirectedShortestPath} for any directed graph
 * whose edges have weights.
 */
@NullMarked
package io.solvegrad.shortestpath;

import org.jspecify.annotations.NullMarked;
