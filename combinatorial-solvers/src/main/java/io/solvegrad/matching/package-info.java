/**
 * Matchings in graphs that need not be bipartite. Use {@link
 * io.solvegrad.matching.PerfectMatching} when every vertex must be matched and {@link
 * io.solvegrad.matching.OptionalMatching} when vertices may stay alone; for two sides of which every
 * pair is possible io.solvegrad.assignment is faster.
 */
@NullMarked
package io.solvegrad.matching;

import org.jspecify.annotations.NullMarked;
