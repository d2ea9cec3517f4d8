package io.solvegrad.evaluation.detection;

import java.util.Objects;

/**
 * An object that is really there.
 *
 * @param image the image it is in
 * @param category its category
 * @param box where it is
 * @param difficult whether finding it counts neither for nor against a detector
 * @param crowd whether it is a region of many objects (COCO's iscrowd), which any number of
 *     detections may fall into without counting
 * @param area its area in pixels, by which COCO tells small from large
 */
public record TruthBox(
    String image, String category, Box box, boolean difficult, boolean crowd, double area) {

  /** Checks that nothing is missing. */
  public TruthBox {
    Objects.requireNonNull(image, "image must not be null");
    Objects.requireNonNull(category, "category must not be null");
    Objects.requireNonNull(box, "box must not be null");
  }

  /**
   * An ordinary object.
   *
   * @param image the image it is in
   * @param category its category
   * @param box where it is
   */
  public TruthBox(String image, String category, Box box) {
    this(
        image,
        category,
        box,
        false,
        false,
        Objects.requireNonNull(box, "box must not be null").area());
  }

  /** Whether it counts neither for nor against a detector. */
  boolean ignored() {
    return difficult || crowd;
  }
}
