package io.solvegrad.detection.data;

import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A painted scene.
 *
 * @param image the pixels
 * @param objects what is in it
 */
record Scene(BufferedImage image, List<Item> objects) {

  /** Copies the list. */
  Scene {
    objects = List.copyOf(objects);
  }

  /**
   * An object of a scene. Its box is the smallest of whole pixels around its shape, whatever hides
   * a part of it.
   *
   * @param category what it is
   * @param shape its outline in the scene
   * @param left first column
   * @param top first row
   * @param right column after the last
   * @param bottom row after the last
   * @param occluded whether something hides a part of it
   */
  record Item(
      String category, Shape shape, int left, int top, int right, int bottom, boolean occluded) {

    /** How much of this box another one covers. */
    double covered(Item other) {
      double width = Math.min(right, other.right) - Math.max(left, other.left);
      double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
      double area = (double) (right - left) * (bottom - top);
      return width > 0 && height > 0 ? width * height / area : 0;
    }
  }
}
