package io.solvegrad.relaxation.embedding;

import io.solvegrad.relaxation.surrogate.LabelledList;
import io.solvegrad.relaxation.surrogate.ListObjective;

/**
 * FastAP of one query: 1 - average precision over a soft histogram of squared distances of unit
 * vectors, (1 / relevant) sum_b h_b H_b / (all candidates up to bin b), with h the relevant
 * candidates of a bin and H their running sum. Scores are minus squared distances within [-4, 0]
 * ({@link Similarity#NEGATIVE_SQUARED_DISTANCE}); what lies outside counts as the end and has no
 * gradient. Queries without relevant candidates do not count. O(n + bins).
 *
 * <p>Source: Cakir et al., CVPR 2019, doi:10.1109/CVPR.2019.00196.
 *
 * @param bins number of bins, 1 to a million; usually 10
 */
public record FastAp(int bins) implements ListObjective {
  private static final double LARGEST = 4;
  // Finer bins than single precision tells scores apart, and room for them is made for every list.
  private static final int MOST_BINS = 1_000_000;

  /**
   * Checks the number of bins.
   *
   * @throws IllegalArgumentException if it is less than 1 or more than a million
   */
  public FastAp {
    if (bins < 1 || bins > MOST_BINS) {
      throw new IllegalArgumentException(
          "bins must be 1 to %d, but are %d".formatted(MOST_BINS, bins));
    }
  }

  @Override
  public double elements(LabelledList list) {
    for (int i = 0; i < list.size(); i++) {
      if (list.label(i) > 0) {
        return 1;
      }
    }
    return 0;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    double[] relevant = new double[bins + 2];
    double[] all = new double[bins + 2];
    double count = 0;
    for (int i = 0; i < list.size(); i++) {
      int bin = bin(list, i);
      double right = place(list, i) - bin;
      add(all, bin, right);
      if (list.label(i) > 0) {
        count++;
        add(relevant, bin, right);
      }
    }
    double[] relevantSlope = new double[bins + 2];
    double[] allSlope = new double[bins + 2];
    double precision = precision(relevant, all, relevantSlope, allSlope);
    for (int i = 0; i < list.size() && scale != 0; i++) {
      if (list.score(i) > 0 || list.score(i) < -LARGEST) {
        continue;
      }
      int bin = bin(list, i);
      double slope = allSlope[bin + 1] - allSlope[bin];
      if (list.label(i) > 0) {
        slope += relevantSlope[bin + 1] - relevantSlope[bin];
      }
      // The place falls by bins / LARGEST as the score rises by 1.
      list.addGradient(i, scale * slope * bins / (LARGEST * count));
    }
    return 1 - precision / count;
  }

  /** Squared distance in widths of a bin. */
  private double place(LabelledList list, int i) {
    return Math.clamp(-list.score(i), 0, LARGEST) * bins / LARGEST;
  }

  private int bin(LabelledList list, int i) {
    return (int) place(list, i);
  }

  private static void add(double[] histogram, int bin, double right) {
    histogram[bin] += 1 - right;
    histogram[bin + 1] += right;
  }

  private double precision(
      double[] relevant, double[] all, double[] relevantSlope, double[] allSlope) {
    double sum = 0;
    double relevantSoFar = 0;
    double allSoFar = 0;
    for (int b = 0; b <= bins; b++) {
      relevantSoFar += relevant[b];
      allSoFar += all[b];
      if (relevant[b] > 0) {
        sum += relevant[b] * relevantSoFar / allSoFar;
        relevantSlope[b] += relevantSoFar / allSoFar;
        double running = relevant[b] / allSoFar;
        for (int c = 0; c <= b; c++) {
          relevantSlope[c] += running;
          allSlope[c] -= running * relevantSoFar / allSoFar;
        }
      }
    }
    return sum;
  }
}
