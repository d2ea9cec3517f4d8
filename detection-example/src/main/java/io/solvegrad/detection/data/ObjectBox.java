package io.solvegrad.detection.data;

/**
 * An object in a picture, in pixels of the network's input, where pixel i reaches from i to i + 1.
 *
 * @param category index of what it is
 * @param left smallest x
 * @param top smallest y
 * @param right largest x
 * @param bottom largest y
 */
public record ObjectBox(int category, double left, double top, double right, double bottom) {

  /** {@return width times height} */
  public double area() {
    return (right - left) * (bottom - top);
  }

  /** {@return the middle of its width} */
  public double centreX() {
    return (left + right) / 2;
  }

  /** {@return the middle of its height} */
  public double centreY() {
    return (top + bottom) / 2;
  }

  /**
   * {@return intersection over union with another box, 0 for boxes without area}
   *
   * @param other another box
   */
  public double iou(ObjectBox other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    double shared = width > 0 && height > 0 ? width * height : 0;
    return shared == 0 ? 0 : shared / (area() + other.area() - shared);
  }
}
