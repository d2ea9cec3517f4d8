/**
 * Combinatorial solvers and gradient estimators that differentiate through them.
 *
 * <p>A {@link io.solvegrad.solver.BlackboxSolver} turns costs into a solution that minimises a
 * linear objective; a {@link io.solvegrad.solver.GradientEstimator} turns the derivative of a loss
 * with respect to that solution into a useful gradient with respect to the costs. A {@link
 * io.solvegrad.solver.SolverLayer} does both for a batch. Use this package to put any solver inside
 * a model; for rankings, {@link io.solvegrad.ranking} offers losses that never sort a list twice.
 *
 * <table>
 * <caption>Which estimator</caption>
 * <tr><th>estimator</th><th>solves forward + backward</th><th>knobs</th><th>when</th></tr>
 * <tr><td>{@link io.solvegrad.solver.Interpolation}</td><td>1 + 1</td><td>lambda</td>
 *     <td>the default; any loss on the solution</td></tr>
 * <tr><td>{@link io.solvegrad.solver.AdaptiveInterpolation}</td><td>1 + 1</td><td>factor</td>
 *     <td>costs or loss change their scale, or no lambda is known yet</td></tr>
 * <tr><td>{@link io.solvegrad.solver.LagrangianProximal}</td><td>1 + 1, average 1 + 2</td>
 *     <td>envelope, tau, proximity</td><td>too many zero gradients with the default</td></tr>
 * <tr><td>{@link io.solvegrad.solver.Identity}</td><td>1 + 0</td><td>projection</td>
 *     <td>solves are dear and the upstream is dense, as Hamming's is; never ranks</td></tr>
 * <tr><td>{@link io.solvegrad.solver.Perturbed}</td><td>N + 0</td><td>sigma, N</td>
 *     <td>a smooth expected solution is wanted</td></tr>
 * <tr><td>{@link io.solvegrad.solver.ImplicitMle}</td><td>N + N</td>
 *     <td>lambda, temperature, ones, N</td><td>solutions are latent and must be explored</td></tr>
 * <tr><td>{@link io.solvegrad.solver.AdaptiveImplicitMle}</td><td>N + N, central N + 2N</td>
 *     <td>target, rate</td><td>the same, without a search for lambda</td></tr>
 * <tr><td>{@link io.solvegrad.solver.FenchelYoung}</td><td>N in all</td><td>sigma, N</td>
 *     <td>the right solutions are known; convex</td></tr>
 * <tr><td>{@link io.solvegrad.solver.SpoPlus}</td><td>2 in all, 1 with a cache</td><td>none</td>
 *     <td>the true costs are known; convex</td></tr>
 * </table>
 */
@NullMarked
package io.solvegrad.solver;

import org.jspecify.annotations.NullMarked;
