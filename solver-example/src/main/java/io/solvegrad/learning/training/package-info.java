/**
 * Training of nets through solvers, and of nets that do without: the estimators, the loop, its
 * checkpoints.
 */
@NullMarked
package io.solvegrad.learning.training;

import org.jspecify.annotations.NullMarked;
