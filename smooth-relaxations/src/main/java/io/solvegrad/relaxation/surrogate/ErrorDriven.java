package io.solvegrad.relaxation.surrogate;

import java.util.Arrays;

/**
 * The error-driven losses of one-stage detectors. With H(x) = min(1, max(0, x / (2 width) + 1/2)),
 * a relevant candidate i has the ranking error
 *
 * <pre>  e_i = F_i / (R_i + F_i),  F_i = sum over others j of H(s_j - s_i),
 *                            R_i = 1 + sum over other relevant k of H(s_k - s_i)</pre>
 *
 * and the loss is the mean of e_i, which for width 0 is 1 - AP. What is returned as its gradient is
 * no derivative but the update that would correct the error: e_i goes to the score of i, and is
 * taken from the j in proportion to H(s_j - s_i).
 *
 * <p>With sorting, labels above 0 are qualities within (0, 1], such as the overlap of a predicted
 * box. To e_i comes the mean of 1 - quality over the relevant candidates that stand above i, itself
 * included, less the same over those of them that are as good as i; that error goes to i and is
 * taken from the worse ones above it.
 *
 * <p>Sources: Chen et al., Towards Accurate One-Stage Object Detection with AP-Loss, CVPR 2019,
 * arXiv:1904.06373, whose interpolated precision is left out; Oksuz et al., Rank and Sort Loss for
 * Object Detection and Instance Segmentation, ICCV 2021, arXiv:2107.11669. Item weights weigh the
 * errors of relevant candidates. Irrelevant candidates at -infinity stand behind all others and get
 * no update. O(relevant x candidates).
 *
 * @param width half the width of the step, positive
 * @param sorted whether relevant candidates are to be sorted by their labels, too
 */
public record ErrorDriven(double width, boolean sorted) implements ListObjective {

  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public ErrorDriven {
    Checks.positive("width", width);
  }

  /** {@return the AP loss of Chen et al., width 1} */
  public static ErrorDriven averagePrecision() {
    return new ErrorDriven(1, false);
  }

  /** {@return the rank and sort loss of Oksuz et al., width 0.5} */
  public static ErrorDriven rankAndSort() {
    return new ErrorDriven(0.5, true);
  }

  @Override
  public double elements(LabelledList list) {
    return 1;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    Candidates candidates = new Candidates(list, width);
    double weights = 0;
    for (int i : candidates.relevant) {
      weights += list.weight(i);
    }
    if (list.requireFinite("sum of weights", weights) == 0) {
      return 0;
    }
    double loss = 0;
    for (int i : candidates.relevant) {
      double share = list.weight(i) / weights;
      if (share > 0) {
        loss += share * candidates.rank(i, scale * share);
        loss += sorted ? share * candidates.sort(i, scale * share) : 0;
      }
    }
    return loss;
  }

  /** The relevant candidates of a list, and the others that may stand above one of them. */
  private static final class Candidates {
    private final LabelledList list;
    private final double width;
    private final int[] relevant;
    private final int[] others;
    private final double[] otherScores;
    private final double[] steps;

    Candidates(LabelledList list, double width) {
      this.list = list;
      this.width = width;
      int[] chosen = new int[list.size()];
      int count = 0;
      double lowest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < list.size(); i++) {
        if (list.label(i) > 0) {
          chosen[count++] = i;
          lowest = Math.min(lowest, list.score(i));
        }
      }
      relevant = Arrays.copyOf(chosen, count);
      int rest = 0;
      for (int j = 0; j < list.size(); j++) {
        if (!(list.label(j) > 0) && list.score(j) >= lowest - width) {
          chosen[rest++] = j;
        }
      }
      others = Arrays.copyOf(chosen, rest);
      otherScores = Arrays.stream(others).mapToDouble(list::score).toArray();
      steps = new double[Math.max(rest, count)];
    }

    /** H of how far one score is above another; equal infinities are equal. */
    private double step(double one, double other) {
      return one == other ? 0.5 : Math.clamp((one - other) / (2 * width) + 0.5, 0, 1);
    }

    /** e_i; adds its update. */
    double rank(int i, double scale) {
      double score = list.score(i);
      double above = 0;
      for (int j = 0; j < others.length; j++) {
        steps[j] = step(otherScores[j], score);
        above += steps[j];
      }
      if (above == 0) {
        return 0;
      }
      double among = 1;
      for (int k : relevant) {
        among += k == i ? 0 : step(list.score(k), score);
      }
      double error = above / (among + above);
      if (scale != 0) {
        list.addGradient(i, -scale * error);
        for (int j = 0; j < others.length; j++) {
          if (steps[j] > 0) {
            list.addGradient(others[j], scale * error * steps[j] / above);
          }
        }
      }
      return error;
    }

    /** The error of the order among the relevant; adds its update. */
    double sort(int i, double scale) {
      double all = 0;
      double lost = 0;
      double good = 0;
      double lostByGood = 0;
      for (int k = 0; k < relevant.length; k++) {
        double label = list.label(relevant[k]);
        double step = relevant[k] == i ? 1 : step(list.score(relevant[k]), list.score(i));
        boolean asGood = label >= list.label(i);
        all += step;
        lost += step * (1 - label);
        good += asGood ? step : 0;
        lostByGood += asGood ? step * (1 - label) : 0;
        steps[k] = asGood ? 0 : step;
      }
      double worse = all - good;
      if (worse <= 0) {
        return 0;
      }
      double error = lost / all - lostByGood / good;
      if (scale != 0) {
        list.addGradient(i, -scale * error);
        for (int k = 0; k < relevant.length; k++) {
          if (steps[k] > 0) {
            list.addGradient(relevant[k], scale * error * steps[k] / worse);
          }
        }
      }
      return error;
    }
  }
}
