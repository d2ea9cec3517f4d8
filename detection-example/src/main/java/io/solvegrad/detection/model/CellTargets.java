package io.solvegrad.detection.model;

import io.solvegrad.detection.data.ObjectBox;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What the cells of a batch are to say. A cell is positive for an object if its centre lies in the
 * object's box and within {@value #RADIUS} strides of the box's centre; the cell around the centre
 * always is. Of several objects the smallest takes a cell.
 */
public final class CellTargets {
  private static final double RADIUS = 1.0;

  private final int side;
  private final int classes;
  private final float[] labels;
  private final float[] distances;
  private final float[] positive;
  private int positives;

  /**
   * Room for a batch.
   *
   * @param images images in it
   * @param side cells in a row or column
   * @param classes how many classes there are
   */
  public CellTargets(int images, int side, int classes) {
    this.side = side;
    this.classes = classes;
    int cells = images * side * side;
    labels = new float[cells * classes];
    distances = new float[cells * 4];
    positive = new float[cells];
  }

  /** Forgets the last batch. */
  public void clear() {
    Arrays.fill(labels, 0);
    // Borders that are not asked for must not divide by nothing.
    Arrays.fill(distances, 1);
    Arrays.fill(positive, 0);
    positives = 0;
  }

  /**
   * Marks the cells of an image.
   *
   * @param image its number in the batch
   * @param objects what is in it
   */
  public void add(int image, List<ObjectBox> objects) {
    List<ObjectBox> largestFirst =
        objects.stream().sorted(Comparator.comparingDouble(ObjectBox::area).reversed()).toList();
    for (ObjectBox object : largestFirst) {
      int column = cell(object.centreX());
      int row = cell(object.centreY());
      for (int y = Math.max(0, row - 1); y <= Math.min(side - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(side - 1, column + 1); x++) {
          if ((x == column && y == row) || isNear(x, y, object)) {
            mark((image * side + y) * side + x, x, y, object);
          }
        }
      }
    }
  }

  private int cell(double pixel) {
    return Math.clamp((int) (pixel / DetectorNet.STRIDE), 0, side - 1);
  }

  private static double centre(int cell) {
    return (cell + 0.5) * DetectorNet.STRIDE;
  }

  private static boolean isNear(int x, int y, ObjectBox object) {
    double dx = centre(x) - object.centreX();
    double dy = centre(y) - object.centreY();
    double reach = RADIUS * DetectorNet.STRIDE;
    return Math.abs(dx) < Math.min(reach, (object.right() - object.left()) / 2)
        && Math.abs(dy) < Math.min(reach, (object.bottom() - object.top()) / 2);
  }

  private void mark(int cell, int x, int y, ObjectBox object) {
    positives += positive[cell] == 0 ? 1 : 0;
    positive[cell] = 1;
    Arrays.fill(labels, cell * classes, (cell + 1) * classes, 0);
    labels[cell * classes + object.category()] = 1;
    // A tiny box may lie beside the centre of its cell.
    distances[4 * cell] = strides(centre(x) - object.left());
    distances[4 * cell + 1] = strides(centre(y) - object.top());
    distances[4 * cell + 2] = strides(object.right() - centre(x));
    distances[4 * cell + 3] = strides(object.bottom() - centre(y));
  }

  private static float strides(double pixels) {
    return (float) Math.max(0.05, pixels / DetectorNet.STRIDE);
  }

  /** {@return 1 where a cell is positive for a class, else 0; cells x classes, not copied} */
  public float[] labels() {
    return labels;
  }

  /** {@return distances to the borders in strides, 1 for cells without object; not copied} */
  public float[] distances() {
    return distances;
  }

  /** {@return 1 for positive cells, else 0; not copied} */
  public float[] positive() {
    return positive;
  }

  /** {@return the number of positive cells} */
  public int positives() {
    return positives;
  }

  /**
   * Makes the labels of positive cells the overlap of what was predicted with what is there.
   *
   * @param predicted distances in strides, cells x 4. Not modified.
   */
  public void gradeByOverlap(float[] predicted) {
    for (int cell = 0; cell < positive.length; cell++) {
      if (positive[cell] == 0) {
        continue;
      }
      float overlap = overlap(predicted, 4 * cell);
      for (int c = 0; c < classes; c++) {
        // Never 0, which would make it a negative.
        labels[cell * classes + c] *= Math.max(0.01f, overlap);
      }
    }
  }

  private float overlap(float[] predicted, int at) {
    float width =
        Math.min(predicted[at], distances[at]) + Math.min(predicted[at + 2], distances[at + 2]);
    float height =
        Math.min(predicted[at + 1], distances[at + 1])
            + Math.min(predicted[at + 3], distances[at + 3]);
    float shared = width * height;
    return shared / (area(predicted, at) + area(distances, at) - shared);
  }

  private static float area(float[] distances, int at) {
    return (distances[at] + distances[at + 2]) * (distances[at + 1] + distances[at + 3]);
  }
}
