package io.solvegrad.evaluation.detection;

/** Whether the right and bottom coordinates are the last pixel of a box or its edge. */
public enum PixelConvention {
  /**
   * They are its last pixel: a box from 3 to 3 is one pixel wide, 1 is added to sizes. Pascal VOC.
   */
  INCLUSIVE,
  /** They are its edge: nothing is added. COCO. */
  CONTINUOUS
}
