/**
 * Pictures of the piecewise constant loss f and of its interpolations f_lambda, whose slopes are
 * the blackbox gradients.
 */
@NullMarked
package io.solvegrad.learning.landscape;

import org.jspecify.annotations.NullMarked;
