package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.CutOff;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankTerm;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Targets;
import java.util.Objects;

/**
 * A metric of one's own: the mean over relevant candidates of a term in their ranks, each counted
 * by its weight. The loss is 1 - metric.
 *
 * <pre>{@code
 * new MeanTerm(RankTerm.of((rank, among) -> among / rank))          // average precision
 * new MeanTerm(RankTerm.of((rank, among) -> 1 / Math.sqrt(rank)))   // a discount of one's own
 * }</pre>
 *
 * <p>Slope: that of the uncut term. One term and two slopes a relevant candidate besides the ranks.
 *
 * @param term t(rank, rank among the relevant)
 * @param cutoff the last rank that counts
 */
public record MeanTerm(RankTerm term, CutOff cutoff) implements RankMetric<Ranks> {

  /** Checks that nothing is missing. */
  public MeanTerm {
    Objects.requireNonNull(term, "term must not be null");
    Objects.requireNonNull(cutoff, "cutoff must not be null");
  }

  /**
   * A metric without cut-off.
   *
   * @param term t(rank, rank among the relevant)
   */
  public MeanTerm(RankTerm term) {
    this(term, CutOff.none());
  }

  @Override
  public double normaliser(Targets targets) {
    return targets.ideal().totalWeight();
  }

  @Override
  public double loss(Targets targets, Ranks ranks, double scale) {
    int last = cutoff.of(targets);
    double sum = 0;
    for (int k = 0; k < targets.count(); k++) {
      double weight = targets.weight(k);
      sum += weight * ranks.term(term, last, k, -scale * weight);
    }
    return normaliser(targets) - sum;
  }
}
