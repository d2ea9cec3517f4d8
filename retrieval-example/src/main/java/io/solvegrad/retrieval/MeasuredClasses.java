package io.solvegrad.retrieval;

import io.solvegrad.retrieval.data.ClassSplit;
import io.solvegrad.retrieval.data.ImageCollection;
import io.solvegrad.retrieval.training.Settings;

/**
 * Which classes a run learns from and which it is measured on: the test classes, or with a share
 * for validation that share of the others, and then the test classes play no part.
 *
 * @param train the images to learn from
 * @param measured the images of other classes to measure on
 * @param kind what the measured classes are: test or validation
 */
record MeasuredClasses(ImageCollection train, ImageCollection measured, String kind) {

  /** The classes of a run with these settings; the seed decides which are for validation. */
  static MeasuredClasses of(ClassSplit split, Settings settings) {
    if (settings.validation() == 0) {
      return new MeasuredClasses(split.train(), split.heldOut(), "test");
    }
    ClassSplit inner = ClassSplit.of(split.train(), 1 - settings.validation(), settings.seed());
    return new MeasuredClasses(inner.train(), inner.heldOut(), "validation");
  }
}
