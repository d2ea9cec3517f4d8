package io.solvegrad.ranking;

/**
 * 1 - the mean worth of the positions of the relevant candidates, each counted by grade times
 * weight.
 *
 * <p>With the constant discount 1 and a cut-off k this is 1 - recall@k; with {@link
 * PositionFunction#reciprocal} it is 1 - the mean reciprocal rank of the relevant candidates.
 *
 * @param position D, with D(1) = 1
 */
public record DiscountedGain(PositionFunction position) implements RankMetric<PositionValues> {

  @Override
  public double normaliser(Targets targets) {
    double sum = 0;
    for (int k = 0; k < targets.count(); k++) {
      sum += targets.grade(k) * targets.weight(k);
    }
    return sum;
  }

  @Override
  public double loss(Targets targets, PositionValues values, double scale) {
    double sum = 0;
    for (int k = 0; k < targets.count(); k++) {
      double gain = targets.grade(k) * targets.weight(k);
      sum += gain * (1 - values.value(position, k, -scale * gain));
    }
    return sum;
  }
}
