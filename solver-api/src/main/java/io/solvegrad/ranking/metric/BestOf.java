package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Targets;
import java.util.Objects;

/**
 * 1 - D(rank of the best placed relevant candidate): the reciprocal rank in its usual form, and the
 * hit rate@k, which metric learning calls recall@k.
 *
 * <p>Slope: that of {@link PositionFunction#integerSlope} at the best placed relevant candidate,
 * for ranks below the cut-off too; the others have none. Grades and item weights do not matter.
 * O(relevant candidates) besides the ranks.
 *
 * @param position D, which never rises
 */
public record BestOf(PositionFunction position) implements RankMetric<PositionValues> {

  /** Checks that nothing is missing. */
  public BestOf {
    Objects.requireNonNull(position, "position must not be null");
  }

  @Override
  public double normaliser(Targets targets) {
    return 1;
  }

  @Override
  public double loss(Targets targets, PositionValues values, double scale) {
    return targets.count() == 0 ? 1 : 1 - values.best(position, targets.count(), -scale);
  }
}
