package io.solvegrad.retrieval.data;

import io.solvegrad.example.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A collection cut in two so that no class is on both sides: what is learned on one side has to
 * carry over to things never seen.
 *
 * @param train the classes to learn from
 * @param heldOut the other classes
 */
public record ClassSplit(ImageCollection train, ImageCollection heldOut) {
  static final double HALF = 0.5;

  /**
   * Deals the classes at random. Cut the training side again for validation classes.
   *
   * @param images what to cut; needs two classes
   * @param trainShare share of the classes that goes to the training side, between 0 and 1; at
   *     least one class stays on each side
   * @param seed decides which; the same seed gives the same split
   * @return both sides, each with its images in their former order
   */
  public static ClassSplit of(ImageCollection images, double trainShare, long seed) {
    if (!(trainShare > 0 && trainShare < 1)) {
      throw new IllegalArgumentException("trainShare is " + trainShare + ", not between 0 and 1");
    }
    int classes = images.classCount();
    if (classes < 2) {
      throw new IllegalArgumentException("images has " + classes + " classes; 2 are needed");
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, classes).boxed().toList());
    Collections.shuffle(order, RandomStream.at(seed));
    int count = Math.clamp(Math.round(trainShare * classes), 1, classes - 1);
    boolean[] inTrain = new boolean[classes];
    order.subList(0, count).forEach(classId -> inTrain[classId] = true);
    return new ClassSplit(side(images, inTrain, true), side(images, inTrain, false));
  }

  private static ImageCollection side(ImageCollection images, boolean[] inTrain, boolean wanted) {
    return images.select(
        IntStream.range(0, images.size())
            .filter(image -> inTrain[images.classOf(image)] == wanted)
            .toArray());
  }
}
