package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.TargetRanks;
import io.solvegrad.ranking.Targets;
import java.util.Objects;

/**
 * The expected loss 1 - metric over rankings drawn from the Plackett-Luce model with these scores,
 * with the score-function (REINFORCE) estimate of its gradient: the mean over samples of (loss -
 * mean loss of the other samples) times the gradient of the log-probability of the order.
 *
 * <p>Unbiased for any metric, but noisy: the classic alternative to smoothing and to {@link
 * PlRank}. The gradient is an estimate and not the derivative of the estimated value. O(samples x n
 * log n).
 *
 * <p>Candidates at -infinity come last in every sample and get no gradient.
 *
 * <p>Source: Williams, 1992, doi:10.1007/BF00992696; leave-one-out baseline: Kool, van Hoof,
 * Welling, Buy 4 REINFORCE Samples, Get a Baseline for Free!, ICLR 2019 workshop on deep
 * reinforcement learning meets structured prediction.
 *
 * @param metric any metric of ranks
 * @param samples number of rankings drawn, at least 2
 * @param seed where the noise starts
 */
public record PolicyGradient(RankMetric<? super Ranks> metric, int samples, long seed)
    implements ListObjective {

  /**
   * Checks the number of samples.
   *
   * @throws IllegalArgumentException if it is less than 2
   */
  public PolicyGradient {
    Objects.requireNonNull(metric, "metric must not be null");
    if (samples < 2) {
      throw new IllegalArgumentException("samples must be at least 2, but is " + samples);
    }
  }

  @Override
  public double elements(LabelledList list) {
    RelevantItems relevant = new RelevantItems(list);
    if (relevant.count == 0) {
      return 0;
    }
    return list.requireFinite("normaliser", metric.normaliser(relevant)) > 0 ? 1 : 0;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    RelevantItems relevant = new RelevantItems(list);
    double normaliser = metric.normaliser(relevant);
    double[] losses = new double[samples];
    double sum = 0;
    PlackettLuce model = new PlackettLuce(list, seed);
    for (int m = 0; m < samples; m++) {
      losses[m] = metric.loss(relevant, new SampledRanks(relevant, model.next()), 0) / normaliser;
      sum += losses[m];
    }
    if (scale != 0) {
      PlackettLuce again = new PlackettLuce(list, seed);
      for (int m = 0; m < samples; m++) {
        double advantage = losses[m] - (sum - losses[m]) / (samples - 1);
        pull(list, again, scale * advantage / samples);
      }
    }
    return sum / samples;
  }

  /** Adds scale times the gradient of log-probability of the next order. */
  private static void pull(LabelledList list, PlackettLuce model, double scale) {
    int[] order = model.next();
    double[] rest = model.rest(order);
    double pending = 0;
    for (int p = 0; p < order.length && rest[p] != Double.NEGATIVE_INFINITY; p++) {
      pending = (p == 0 ? 0 : pending * Logs.ratio(rest[p], rest[p - 1])) + 1;
      double expected = pending * Logs.ratio(list.score(order[p]), rest[p]);
      list.addGradient(order[p], scale * (1 - expected));
    }
  }

  /** The relevant candidates of a list, all that a metric knows of labels. */
  private static final class RelevantItems implements Targets {
    final LabelledList list;
    final int[] candidate;
    final int count;

    RelevantItems(LabelledList list) {
      this.list = list;
      candidate = new int[list.size()];
      int found = 0;
      for (int i = 0; i < list.size(); i++) {
        if (list.label(i) > 0) {
          candidate[found++] = i;
        }
      }
      count = found;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public int candidates() {
      return list.size();
    }

    @Override
    public double grade(int k) {
      return list.label(candidate[k]);
    }

    @Override
    public double weight(int k) {
      return list.weight(candidate[k]);
    }
  }

  /** The exact ranks of a sample; derivatives are not wanted. */
  private static final class SampledRanks extends TargetRanks implements Ranks {

    SampledRanks(RelevantItems relevant, int[] order) {
      reset(relevant.count);
      int[] place = new int[order.length];
      int[] ahead = new int[order.length];
      int among = 0;
      for (int p = 0; p < order.length; p++) {
        among += relevant.list.label(order[p]) > 0 ? 1 : 0;
        place[order[p]] = p + 1;
        ahead[order[p]] = among;
      }
      for (int k = 0; k < relevant.count; k++) {
        set(k, place[relevant.candidate[k]], ahead[relevant.candidate[k]]);
      }
    }

    @Override
    public double value(PositionFunction position, int k, double upstream) {
      return position.at(rank(k));
    }
  }
}
