package io.solvegrad.relaxation.surrogate;

/**
 * The loss of one candidate as a function of its score and its label. Scores may be infinite;
 * {@link PointwiseLoss} says what comes of it.
 */
public interface PointFunction {

  /**
   * {@return the loss of a candidate}
   *
   * @param score its score
   * @param label its label
   */
  double value(double score, double label);

  /**
   * {@return its derivative by the score}
   *
   * @param score its score
   * @param label its label
   */
  double slope(double score, double label);

  /**
   * {@return binary cross entropy with logits, -y log sigmoid(s) - (1 - y) log(1 - sigmoid(s))}
   * Labels are clipped to [0, 1].
   */
  static PointFunction sigmoidCrossEntropy() {
    return new PointFunction() {
      @Override
      public double value(double score, double label) {
        double y = Math.clamp(label, 0.0, 1.0);
        double hit = y == 0 ? 0 : y * Logs.softplus(-score);
        return y == 1 ? hit : hit + (1 - y) * Logs.softplus(score);
      }

      @Override
      public double slope(double score, double label) {
        return Logs.sigmoid(score) - Math.clamp(label, 0.0, 1.0);
      }
    };
  }

  /** {@return (s - y)^2} */
  static PointFunction squaredError() {
    return new PointFunction() {
      @Override
      public double value(double score, double label) {
        return (score - label) * (score - label);
      }

      @Override
      public double slope(double score, double label) {
        return 2 * (score - label);
      }
    };
  }

  /**
   * {@return the focal loss -a (1 - p)^gamma log p, with p = sigmoid(s) and a = alpha for labels
   * above 0, p = 1 - sigmoid(s) and a = 1 - alpha for others} Source: Lin et al., ICCV 2017,
   * arXiv:1708.02002.
   *
   * @param gamma how much easy candidates are played down, 0 or more; usually 2
   * @param alpha weight of relevant candidates, within [0, 1]; usually 0.25
   * @throws IllegalArgumentException if one is out of range
   */
  static PointFunction focal(double gamma, double alpha) {
    Checks.notNegative("gamma", gamma);
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha must be within [0, 1], but is " + alpha);
    }
    return new PointFunction() {
      @Override
      public double value(double score, double label) {
        double logit = label > 0 ? score : -score;
        double miss = Logs.sigmoid(-logit);
        return miss == 0 ? 0 : weight(label) * Math.pow(miss, gamma) * Logs.softplus(-logit);
      }

      @Override
      public double slope(double score, double label) {
        double logit = label > 0 ? score : -score;
        double miss = Logs.sigmoid(-logit);
        if (miss == 0) {
          return 0;
        }
        double hit = Logs.sigmoid(logit);
        double inner = hit == 0 ? 0 : gamma * hit * Logs.softplus(-logit);
        double slope = -weight(label) * Math.pow(miss, gamma) * (inner + miss);
        return label > 0 ? slope : -slope;
      }

      private double weight(double label) {
        return label > 0 ? alpha : 1 - alpha;
      }
    };
  }

  /**
   * {@return max(0, margin - s) for labels above 0, 0 for others: the pull of the contrastive loss}
   *
   * @param margin similarity that is enough; minus a distance, where scores are
   * @throws IllegalArgumentException if it is not finite
   */
  static PointFunction attract(double margin) {
    return hinge(margin, 1);
  }

  /**
   * {@return max(0, s - margin) for labels of 0 and less, 0 for others: the push of the contrastive
   * loss}
   *
   * @param margin similarity that does no harm; minus a distance, where scores are
   * @throws IllegalArgumentException if it is not finite
   */
  static PointFunction repel(double margin) {
    return hinge(margin, -1);
  }

  private static PointFunction hinge(double margin, int side) {
    Checks.finite("margin", margin);
    return new PointFunction() {
      @Override
      public double value(double score, double label) {
        return concerns(label) ? Math.max(0, side * (margin - score)) : 0;
      }

      @Override
      public double slope(double score, double label) {
        return concerns(label) && side * (margin - score) > 0 ? -side : 0;
      }

      private boolean concerns(double label) {
        return label > 0 == side > 0;
      }
    };
  }
}
