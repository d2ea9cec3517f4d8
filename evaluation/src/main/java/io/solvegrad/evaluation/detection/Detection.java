package io.solvegrad.evaluation.detection;

import java.util.Objects;

/**
 * An object that a detector claims.
 *
 * @param image the image
 * @param category the category claimed
 * @param box where it is claimed to be
 * @param score how sure the detector is; finite
 */
public record Detection(String image, String category, Box box, double score) {

  /**
   * Checks the score.
   *
   * @throws IllegalArgumentException if the score is not finite
   */
  public Detection {
    Objects.requireNonNull(image, "image must not be null");
    Objects.requireNonNull(category, "category must not be null");
    Objects.requireNonNull(box, "box must not be null");
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("the score " + score + " is not a finite number");
    }
    score += 0.0; // -0 and 0 are equal scores
  }
}
