/**
 * Generated problems whose costs hide in pixels: terrain to be crossed, digits to be matched,
 * cities behind symbols. Every example is a pure function of a seed and a number, so that no data
 * set has to be kept: training takes the numbers below a limit, tests take others.
 */
@NullMarked
package io.solvegrad.learning.problem;

import org.jspecify.annotations.NullMarked;
