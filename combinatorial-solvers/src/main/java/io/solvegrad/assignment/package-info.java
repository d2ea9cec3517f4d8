/**
 * Linear assignment. Use {@link io.solvegrad.assignment.LinearAssignment} when the two sides are
 * given and every pair is possible, equally many on both sides or not; a pair that is not possible
 * may have a cost larger than all others together. For matchings on other graphs see
 * io.solvegrad.matching, for costs of pairs of pairs see io.solvegrad.graphmatching.
 */
@NullMarked
package io.solvegrad.assignment;

import org.jspecify.annotations.NullMarked;
