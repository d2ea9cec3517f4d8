package io.solvegrad.relaxation.surrogate;

import java.util.Objects;

/**
 * The loss of one pair as a function of its score difference and its label difference. Score
 * differences may be infinite; {@link PairwiseLoss} says what comes of it.
 */
public interface PairFunction {

  /** Which pairs count. */
  enum Pairs {
    /** Pairs whose first candidate has the larger label. */
    PREFERRED,
    /** All ordered pairs, those of a candidate with itself included. */
    ALL
  }

  /** {@return which pairs count} */
  default Pairs pairs() {
    return Pairs.PREFERRED;
  }

  /**
   * {@return the loss of a pair}
   *
   * @param scores score of the first minus score of the second
   * @param labels label of the first minus label of the second
   */
  double value(double scores, double labels);

  /**
   * {@return its derivative by the score difference}
   *
   * @param scores score of the first minus score of the second
   * @param labels label of the first minus label of the second
   */
  double slope(double scores, double labels);

  /**
   * {@return log(1 + e^(-sigma ds)), the loss of RankNet}
   *
   * @param sigma steepness, positive; usually 1
   * @throws IllegalArgumentException unless it is positive and finite
   */
  static PairFunction logistic(double sigma) {
    Checks.positive("sigma", sigma);
    return new PairFunction() {
      @Override
      public double value(double scores, double labels) {
        return Logs.softplus(-sigma * scores);
      }

      @Override
      public double slope(double scores, double labels) {
        return -sigma * Logs.sigmoid(-sigma * scores);
      }
    };
  }

  /** {@return the logistic function with steepness 1} */
  static PairFunction logistic() {
    return logistic(1);
  }

  /**
   * {@return max(0, margin - ds)} On the similarities of an anchor it is the triplet loss.
   *
   * @param margin by how much the first must lead; usually 1
   * @throws IllegalArgumentException if it is negative or not finite
   */
  static PairFunction hinge(double margin) {
    Checks.notNegative("margin", margin);
    return new PairFunction() {
      @Override
      public double value(double scores, double labels) {
        return Math.max(0, margin - scores);
      }

      @Override
      public double slope(double scores, double labels) {
        return scores < margin ? -1 : 0;
      }
    };
  }

  /**
   * {@return sigmoid(-ds), a soft count of wrong pairs} Source: the pairwise soft zero-one loss of
   * TF-Ranking, Pasumarthi et al., KDD 2019, arXiv:1812.00073.
   */
  static PairFunction softZeroOne() {
    return new PairFunction() {
      @Override
      public double value(double scores, double labels) {
        return Logs.sigmoid(-scores);
      }

      @Override
      public double slope(double scores, double labels) {
        return -Logs.sigmoid(scores) * Logs.sigmoid(-scores);
      }
    };
  }

  /** {@return (dy - ds)^2 over all ordered pairs} */
  static PairFunction squaredError() {
    return new PairFunction() {
      @Override
      public Pairs pairs() {
        return Pairs.ALL;
      }

      @Override
      public double value(double scores, double labels) {
        return (labels - scores) * (labels - scores);
      }

      @Override
      public double slope(double scores, double labels) {
        return 2 * (scores - labels);
      }
    };
  }

  /**
   * {@return the quantile loss tau max(0, dy - ds) + (1 - tau) max(0, ds - dy)} Source: Koenker and
   * Bassett, Econometrica 46, 1978, doi:10.2307/1913643; on pairs as Rax has it.
   *
   * @param tau above 0 and at most 1
   * @param squared whether both parts are squared
   * @throws IllegalArgumentException if tau is out of range
   */
  static PairFunction quantile(double tau, boolean squared) {
    if (!(tau > 0 && tau <= 1)) {
      throw new IllegalArgumentException("tau must be above 0 and at most 1, but is " + tau);
    }
    return new PairFunction() {
      @Override
      public double value(double scores, double labels) {
        double missing = Math.max(0, labels - scores);
        double over = Math.max(0, scores - labels);
        double under = tau * (squared ? missing * missing : missing);
        return tau == 1 ? under : under + (1 - tau) * (squared ? over * over : over);
      }

      @Override
      public double slope(double scores, double labels) {
        double gap = scores - labels;
        if (gap == 0 || (gap > 0 && tau == 1)) {
          return 0;
        }
        double side = gap < 0 ? tau : 1 - tau;
        return side * (squared ? 2 * gap : Math.signum(gap));
      }
    };
  }

  /**
   * {@return the same function on all ordered pairs}
   *
   * @param function any function
   */
  static PairFunction onAllPairs(PairFunction function) {
    Objects.requireNonNull(function, "function must not be null");
    return new PairFunction() {
      @Override
      public Pairs pairs() {
        return Pairs.ALL;
      }

      @Override
      public double value(double scores, double labels) {
        return function.value(scores, labels);
      }

      @Override
      public double slope(double scores, double labels) {
        return function.slope(scores, labels);
      }
    };
  }
}
