package io.solvegrad.ranking;

/**
 * What the noise of a {@link PerturbedLoss} is multiplied by, with its unit, so that a bare number
 * is never ambiguous.
 */
public sealed interface NoiseScale {

  /**
   * A fixed scale in units of the score: 0.1 on cosines is a tenth of a cosine.
   *
   * @param scoreUnits the scale, finite and not negative
   * @return the scale
   * @throws IllegalArgumentException if it is negative or not finite
   */
  static NoiseScale fixed(double scoreUnits) {
    return new Fixed(scoreUnits);
  }

  /**
   * A scale that adapts to the scores: a share of their standard deviation within their lists, of
   * all lists of the batch together, measured anew in each evaluation. The same share then suits
   * cosines and logits, and noise keeps pace while scores spread in training. Candidates that are
   * excluded or not finite do not count; where all scores of each list are equal, the scale is 0.
   * Costs two more passes over the scores.
   *
   * @param share of the standard deviation, finite and not negative
   * @return the scale
   * @throws IllegalArgumentException if it is negative or not finite
   */
  static NoiseScale relative(double share) {
    return new Relative(share);
  }

  /**
   * In units of the score; see {@link NoiseScale#fixed}.
   *
   * @param scoreUnits the scale
   */
  record Fixed(double scoreUnits) implements NoiseScale {
    /**
     * Checks the scale.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Fixed {
      require(scoreUnits);
    }
  }

  /**
   * In standard deviations of the scores; see {@link NoiseScale#relative}.
   *
   * @param share of the standard deviation
   */
  record Relative(double share) implements NoiseScale {
    /**
     * Checks the share.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Relative {
      require(share);
    }
  }

  private static void require(double scale) {
    if (!(scale >= 0) || scale == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "noise scale must be finite and not negative, but is " + scale);
    }
  }
}
