package io.solvegrad.detection.model;

import io.solvegrad.detection.data.ObjectBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns what the cells of an image say into boxes: the best cells and classes, then of each class
 * only boxes that do not overlap a better one (greedy non-maximum suppression).
 *
 * @param side cells in a row or column
 * @param classes how many classes there are
 * @param overlap intersection over union at which the worse of two boxes of a class goes
 */
public record BoxDecoder(int side, int classes, double overlap) {
  private static final int MOST_CANDIDATES = 400;
  private static final int MOST_BOXES = 100;

  /**
   * A box and how sure the detector is of it.
   *
   * @param box in pixels of the network's input
   * @param score the logit of its class
   */
  public record Scored(ObjectBox box, double score) {}

  /**
   * Decodes an image.
   *
   * @param logits cells x classes of a batch. Not modified.
   * @param distances to the borders in strides, cells x 4 of a batch. Not modified.
   * @param image number of the image in the batch
   * @return at most 100 boxes, best first; equal scores in the order of cells and classes
   */
  public List<Scored> decode(float[] logits, float[] distances, int image) {
    int cells = side * side;
    int from = image * cells * classes;
    List<Integer> best =
        IntStream.range(from, from + cells * classes)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits[i]))
            .limit(MOST_CANDIDATES)
            .toList();
    List<Scored> kept = new ArrayList<>();
    for (int i : best) {
      Scored candidate = new Scored(box(distances, i / classes, i % classes), logits[i]);
      if (kept.size() < MOST_BOXES && isFree(candidate.box(), kept)) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  private boolean isFree(ObjectBox box, List<Scored> kept) {
    for (Scored other : kept) {
      if (other.box().category() == box.category() && other.box().iou(box) > overlap) {
        return false;
      }
    }
    return true;
  }

  private ObjectBox box(float[] distances, int cell, int category) {
    int at = cell % (side * side);
    int row = at / side;
    double x = (at % side + 0.5) * DetectorNet.STRIDE;
    double y = (row + 0.5) * DetectorNet.STRIDE;
    int d = 4 * cell;
    return new ObjectBox(
        category,
        x - DetectorNet.STRIDE * distances[d],
        y - DetectorNet.STRIDE * distances[d + 1],
        x + DetectorNet.STRIDE * distances[d + 2],
        y + DetectorNet.STRIDE * distances[d + 3]);
  }
}
