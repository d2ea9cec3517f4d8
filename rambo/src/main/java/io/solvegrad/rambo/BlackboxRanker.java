package io.solvegrad.rambo;

import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.solver.Lambda;
import java.util.Objects;

/**
 * Ranks exactly and differentiates by blackbox interpolation.
 *
 * <p>Forward: the rank of each relevant candidate. Backward: the scores y are moved to y + lambda
 * dL/drank and ranked again; the gradient of every candidate is (rank after - rank before) /
 * lambda. Ranks among the relevant candidates are taken as constants, as in the paper. Only
 * relevant candidates carry an upstream, so no list is ever sorted.
 *
 * <p>The upstream shrinks with the size of the batch and of the set of relevant candidates under
 * the usual reductions, and what moves the ranking is its product with lambda: choose lambda for
 * the reduction in use, and look at {@link io.solvegrad.ranking.Diagnostics#zeroGradientShare}.
 *
 * <p>Two passes over the scores a list, O(candidates) for few relevant ones; package {@link
 * io.solvegrad.rambo.kernel} says what many cost. Source: Rolinek et al.: Optimizing Rank-based
 * Metrics with Blackbox Differentiation, CVPR 2020, arXiv:1912.03500, sections 3.2 and 4.
 *
 * @param lambda the interpolation strength with its unit
 */
public record BlackboxRanker(Lambda lambda) implements Ranker<Ranks> {
  /** Checks that there is a lambda. */
  public BlackboxRanker {
    Objects.requireNonNull(lambda, "lambda must not be null");
  }

  @Override
  public Pass<Ranks> newPass() {
    return new BlackboxPass(lambda);
  }
}
