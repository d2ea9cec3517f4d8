package io.solvegrad.evaluation.detection;

/**
 * The size of an image, and what becomes of boxes that reach beyond it.
 *
 * @param width in pixels, positive
 * @param height in pixels, positive
 */
public record ImageSize(double width, double height) {
  /** An image of unknown size: only the left and upper border are known. */
  public static final ImageSize UNKNOWN =
      new ImageSize(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static final double TOLERANCE = 1;

  /** What becomes of boxes that reach beyond the image. */
  public enum Outside {
    /**
     * True boxes more than a pixel outside are an error, and so are detections wholly outside:
     * mostly the format is not the one stated.
     */
    REJECT,
    /** Boxes are cut at the border; what is wholly outside becomes a box without area on it. */
    CLIP,
    /** Boxes are taken as they are. */
    KEEP
  }

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public ImageSize {
    if (!(width > 0 && height > 0)) {
      throw new IllegalArgumentException(
          "the image size " + width + " x " + height + " is not positive");
    }
  }

  /** A true box under a policy. */
  Box truth(Box box, Outside policy) {
    boolean outside =
        box.left() < -TOLERANCE
            || box.top() < -TOLERANCE
            || box.right() > width + TOLERANCE
            || box.bottom() > height + TOLERANCE;
    return applied(box, policy, outside);
  }

  /** A detected box under a policy. */
  Box detection(Box box, Outside policy) {
    boolean outside =
        box.right() < 0 || box.bottom() < 0 || box.left() > width || box.top() > height;
    return applied(box, policy, outside);
  }

  private Box applied(Box box, Outside policy, boolean outside) {
    return switch (policy) {
      case KEEP -> box;
      case CLIP -> clipped(box);
      case REJECT -> {
        if (outside) {
          throw new IllegalArgumentException(
              "the box from (%s, %s) to (%s, %s) is outside the image%s. Maybe use --outside clip?"
                  .formatted(
                      box.left(),
                      box.top(),
                      box.right(),
                      box.bottom(),
                      Double.isInfinite(width) ? "" : " of %s x %s".formatted(width, height)));
        }
        yield box;
      }
    };
  }

  private Box clipped(Box box) {
    double left = Math.clamp(box.left(), 0, width);
    double top = Math.clamp(box.top(), 0, height);
    double right = Math.clamp(box.right(), 0, width);
    double bottom = Math.clamp(box.bottom(), 0, height);
    boolean inside =
        left == box.left() && top == box.top() && right == box.right() && bottom == box.bottom();
    return inside ? box : Box.ofCorners(left, top, right, bottom);
  }
}
