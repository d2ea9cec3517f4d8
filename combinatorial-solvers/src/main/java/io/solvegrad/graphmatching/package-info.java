/**
 * Matchings of graphs onto each other, where pairs of pairs have costs too. Use {@link
 * io.solvegrad.graphmatching.GraphMatching} for two graphs and {@link
 * io.solvegrad.graphmatching.MultiGraphMatching} for several at once. Both are hard problems: read
 * what they guarantee. Without costs of pairs of pairs io.solvegrad.assignment is exact and fast.
 */
@NullMarked
package io.solvegrad.graphmatching;

import org.jspecify.annotations.NullMarked;
