package io.solvegrad.bench.compare;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.retrieval.loss.LossSettings;
import io.solvegrad.retrieval.loss.TrainedLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** How the time of a loss grows with its lists: value and gradient, one thread. */
final class LossTimes {
  private static final int[] LENGTHS = {64, 256, 1024, 4096, 16_384};
  private static final int LISTS = 4;
  private static final int RELEVANT = 4;
  private static final long WARM_UP_NANOS = 300_000_000;
  private static final long MEASURED_NANOS = 100_000_000;
  private static final double LONGEST_CALL = 0.5;
  private static final int GROWTH = 16;

  private LossTimes() {}

  /**
   * The time of a list.
   *
   * @param length number of candidates
   * @param micros median microseconds a list
   */
  record Length(int length, double micros) {}

  /** Lists from 64 to 16384 candidates; those that would take too long are left out. */
  static List<Length> measure(LossSettings settings, boolean unitVectors) {
    List<Length> times = new ArrayList<>();
    double seconds = 0;
    for (int length : LENGTHS) {
      // At worst the time grows with the square of the length.
      if (seconds * GROWTH > LONGEST_CALL) {
        break;
      }
      double nanos = measure(new TrainedLoss(settings, 1, 1), length, unitVectors);
      seconds = nanos * 1e-9;
      times.add(new Length(length, nanos * 1e-3 / LISTS));
    }
    return times;
  }

  private static double measure(TrainedLoss loss, int length, boolean unitVectors) {
    float[] scores = new float[LISTS * length];
    float[] gradient = new float[scores.length];
    double spread = unitVectors ? 0.1 : 1;
    SplittableRandom random = new SplittableRandom(length);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.clamp(spread * random.nextGaussian(), -10 * spread, 10 * spread);
    }
    double[] labels = new double[scores.length];
    for (int i = 0; i < LISTS * RELEVANT; i++) {
      labels[i * (length / RELEVANT)] = 1;
    }
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(scores), LISTS, length, Relevance.grades(labels))
            .excluding(ItemSets.none());
    ScoreArray target = ScoreArray.of(gradient);
    repeat(loss, batch, target, WARM_UP_NANOS);
    double[] nanos = repeat(loss, batch, target, MEASURED_NANOS);
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private static double[] repeat(
      TrainedLoss loss, RankingBatch batch, ScoreArray gradient, long total) {
    List<Long> nanos = new ArrayList<>();
    long begin = System.nanoTime();
    do {
      long start = System.nanoTime();
      loss.evaluate(batch, 1, gradient, new Diagnostics());
      nanos.add(System.nanoTime() - start);
    } while (System.nanoTime() - begin < total);
    return nanos.stream().mapToDouble(Long::doubleValue).toArray();
  }
}
