package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.SmoothFunction;
import java.util.Objects;

/**
 * 1 - a soft precision: the sum of soft memberships in the first k over the relevant candidates,
 * divided by their sum over all candidates. Relevant are labels above 0 ({@link
 * LabelTransform#atLeast} for other thresholds); item weights are not used.
 *
 * <p>Unlike precision@k under a soft ranker, which divides by k, this is the approximate precision
 * of Rax. Costs one ranking of the list. Candidates at -infinity have not been retrieved and count
 * nowhere.
 *
 * @param ranker gives soft memberships of all candidates
 * @param k the cut-off, at least 1
 */
public record SoftPrecision(Ranker<Ranks> ranker, int k) implements ListObjective {

  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public SoftPrecision {
    Objects.requireNonNull(ranker, "ranker must not be null");
    if (k < 1) {
      throw new IllegalArgumentException("cut-off k must be at least 1, but is " + k);
    }
  }

  @Override
  public double elements(LabelledList list) {
    return 1;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    PositionFunction member = new PositionFunction(SmoothFunction.of(r -> 1, r -> 0), k);
    CandidateList candidates = list.asTargets();
    Ranker.Pass<Ranks> pass = ranker.newPass();
    Ranks ranks = pass.forward(candidates);
    double found = 0;
    double retrieved = 0;
    for (int i = 0; i < list.size(); i++) {
      double share = ranks.value(member, i, 0);
      retrieved += share;
      found += list.label(i) > 0 ? share : 0;
    }
    if (retrieved == 0) {
      return 1;
    }
    double precision = found / retrieved;
    if (scale != 0) {
      for (int i = 0; i < list.size(); i++) {
        double slope = ((list.label(i) > 0 ? 1 : 0) - precision) / retrieved;
        ranks.value(member, i, -scale * slope);
      }
      pass.backward(candidates, new Diagnostics());
      list.addGradient(candidates);
    }
    return 1 - precision;
  }
}
