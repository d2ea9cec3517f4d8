/**
 * Linear assignment. Use {@link io.solvegrad.assignment.LinearAssignment} when the two sides are
 * given and every pair is possible; for matchings on other graphs see io.solvegrad.matching, for
 * costs of pairs of pairs see io.solvegrad.graphmatching.
 */
@NullMarked
package io.solvegrad.assignment;

import org.jspecify.annotations.NullMarked;
