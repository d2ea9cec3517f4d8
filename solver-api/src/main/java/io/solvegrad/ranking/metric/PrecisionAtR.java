package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Targets;
import java.util.stream.IntStream;

/**
 * 1 - R-precision: 1 - the share of the R relevant candidates that stand among the first R.
 *
 * <p>Slope: that of {@link PositionFunction#within} R. Each relevant candidate counts by its
 * weight; grades do not matter. O(relevant candidates) besides the ranks.
 *
 * <p>Source: Manning, Raghavan, Schütze: Introduction to Information Retrieval, 2008, section 8.4.
 */
public record PrecisionAtR() implements RankMetric<PositionValues> {
  // Made beforehand, so that usual lists cost no garbage.
  private static final PositionFunction[] WITHIN =
      IntStream.range(1, 257).mapToObj(PositionFunction::within).toArray(PositionFunction[]::new);

  private static PositionFunction within(int r) {
    return r <= WITHIN.length ? WITHIN[r - 1] : PositionFunction.within(r);
  }

  @Override
  public double normaliser(Targets targets) {
    return targets.ideal().totalWeight();
  }

  @Override
  public double loss(Targets targets, PositionValues values, double scale) {
    PositionFunction first = within(targets.ideal().count());
    double found = 0;
    for (int k = 0; k < targets.count(); k++) {
      double weight = targets.weight(k);
      found += weight * values.value(first, k, -scale * weight);
    }
    return normaliser(targets) - found;
  }
}
