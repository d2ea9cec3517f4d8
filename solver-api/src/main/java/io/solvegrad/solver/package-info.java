/**
 * Combinatorial solvers and gradient estimators that differentiate through them.
 *
 * <p>A {@link io.solvegrad.solver.BlackboxSolver} turns costs into a solution that minimises a
 * linear objective; an estimator such as {@link io.solvegrad.solver.Interpolation} turns the
 * derivative of a loss with respect to that solution into a useful gradient with respect to the
 * costs. Use this package to put any solver inside a model; for rankings, {@link
 * io.solvegrad.ranking} offers losses that never sort a list twice.
 */
@NullMarked
package io.solvegrad.solver;

import org.jspecify.annotations.NullMarked;
