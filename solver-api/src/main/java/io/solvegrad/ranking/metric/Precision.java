package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Targets;
import java.util.Objects;

/**
 * 1 - precision@k: 1 - the weight of the relevant candidates among the first k / the number of
 * candidates among the first k, which is k unless the list is shorter.
 *
 * <p>Slope: that of {@link PositionFunction#within}. A list with fewer than k relevant candidates
 * cannot reach 1. Grades do not matter. O(relevant candidates) besides the ranks.
 *
 * @param position the worth of a place among the first k
 */
public record Precision(PositionFunction position) implements RankMetric<PositionValues> {

  /** Checks that nothing is missing. */
  public Precision {
    Objects.requireNonNull(position, "position must not be null");
  }

  /**
   * 1 - precision@k.
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if k is less than 1
   */
  public Precision(int k) {
    this(PositionFunction.within(k));
  }

  @Override
  public double normaliser(Targets targets) {
    return Math.min(position.cutoff(), targets.candidates());
  }

  @Override
  public double loss(Targets targets, PositionValues values, double scale) {
    double places = normaliser(targets);
    double retrieved = Math.min(places, values.retrieved(targets.candidates()));
    double found = 0;
    for (int k = 0; k < targets.count(); k++) {
      double weight = targets.weight(k);
      found += weight * values.value(position, k, -scale * weight);
    }
    return retrieved == 0 ? places : places * (1 - found / retrieved);
  }
}
