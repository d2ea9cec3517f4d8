package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * The squared error of soft ranks: w_i d(t_i) (r_i - t_i)^2 summed over the candidates, with t_i
 * the rank by descending label (the mean rank where labels are equal) and d a discount. Under the
 * pairwise sigmoid it is ApproxRankMSE. Costs one ranking of the list. Candidates at -infinity are
 * ranked last, and take part; leave them out where they are padding.
 *
 * @param ranker gives soft ranks of all candidates
 * @param discount weight of a target rank: 1, 1 / log2(1 + t) or 1 / t
 */
public record RankRegression(Ranker<Ranks> ranker, DoubleUnaryOperator discount)
    implements ListObjective {

  /** Makes the loss; neither part may be null. */
  public RankRegression {
    Objects.requireNonNull(ranker, "ranker must not be null");
    Objects.requireNonNull(discount, "discount must not be null");
  }

  @Override
  public double elements(LabelledList list) {
    return list.size();
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    double[] wanted = list.labelRanks();
    CandidateList candidates = list.asTargets();
    Ranker.Pass<Ranks> pass = ranker.newPass();
    Ranks ranks = pass.forward(candidates);
    double loss = 0;
    for (int i = 0; i < list.size(); i++) {
      double weight = list.weight(i) * discount.applyAsDouble(wanted[i]);
      double gap = ranks.rank(i) - wanted[i];
      loss += weight * gap * gap;
      ranks.pushRank(i, 2 * scale * weight * gap);
    }
    if (scale != 0) {
      pass.backward(candidates, new Diagnostics());
      list.addGradient(candidates);
    }
    return loss;
  }
}
