package io.solvegrad.evaluation.detection;

import java.util.Objects;

/**
 * An axis-parallel box. Both corners and sizes are kept as they were given, so neither is rounded
 * twice.
 *
 * @param left smallest x
 * @param top smallest y
 * @param right largest x, at least left
 * @param bottom largest y, at least top
 * @param width right - left
 * @param height bottom - top
 */
public record Box(
    double left, double top, double right, double bottom, double width, double height) {
  private static final double LARGEST = 1e9;

  /**
   * Checks that numbers are finite, not absurd and in order.
   *
   * @throws IllegalArgumentException if a number is NaN or beyond 1e9, or right &lt; left or bottom
   *     &lt; top
   */
  public Box {
    // negated so that NaN fails
    if (!(Math.abs(left) <= LARGEST
        && Math.abs(top) <= LARGEST
        && Math.abs(right) <= LARGEST
        && Math.abs(bottom) <= LARGEST)) {
      throw new IllegalArgumentException(
          "the box %s %s %s %s is not finite or beyond 1e9".formatted(left, top, right, bottom));
    }
    if (!(width >= 0 && height >= 0)) {
      throw new IllegalArgumentException(
          "the box from (%s, %s) to (%s, %s) has a negative size. Maybe the format is another?"
              .formatted(left, top, right, bottom));
    }
  }

  /**
   * A box by two corners.
   *
   * @param left smallest x
   * @param top smallest y
   * @param right largest x
   * @param bottom largest y
   * @return the box
   */
  public static Box ofCorners(double left, double top, double right, double bottom) {
    return new Box(left, top, right, bottom, right - left, bottom - top);
  }

  /**
   * A box by a corner and its size.
   *
   * @param left smallest x
   * @param top smallest y
   * @param width its width
   * @param height its height
   * @return the box
   */
  public static Box ofSize(double left, double top, double width, double height) {
    return new Box(left, top, left + width, top + height, width, height);
  }

  /**
   * The area without any pixel convention.
   *
   * @return width x height
   */
  public double area() {
    return width * height;
  }

  /**
   * Intersection over union.
   *
   * @param other another box
   * @param pixels whether the last pixel belongs to a box
   * @return a value from 0 to 1; 0 for boxes that do not meet or have no area
   */
  public double iou(Box other, PixelConvention pixels) {
    Objects.requireNonNull(other, "other must not be null");
    Objects.requireNonNull(pixels, "pixels must not be null");
    double extra = pixels == PixelConvention.INCLUSIVE ? 1 : 0;
    double shared = intersection(other, extra);
    return shared == 0
        ? 0
        : shared
            / ((width + extra) * (height + extra)
                + (other.width + extra) * (other.height + extra)
                - shared);
  }

  /** The share of this box that lies in a crowd region. */
  double shareInside(Box region) {
    double shared = intersection(region, 0);
    return shared == 0 ? 0 : shared / area();
  }

  private double intersection(Box other, double extra) {
    double w = Math.min(right, other.right) - Math.max(left, other.left) + extra;
    double h = Math.min(bottom, other.bottom) - Math.max(top, other.top) + extra;
    return w > 0 && h > 0 ? w * h : 0;
  }
}
