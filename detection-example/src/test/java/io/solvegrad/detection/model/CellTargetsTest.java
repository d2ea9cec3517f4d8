package io.solvegrad.detection.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.detection.data.ObjectBox;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CellTargetsTest {

  @Property(tries = 300, seed = "7")
  void whatCellsAreToSayDecodesToTheObject(
      @ForAll @DoubleRange(min = 1, max = 60) double width,
      @ForAll @DoubleRange(min = 1, max = 60) double height,
      @ForAll @DoubleRange(min = 0, max = 1) double x,
      @ForAll @DoubleRange(min = 0, max = 1) double y,
      @ForAll @IntRange(max = 2) int category) {
    double left = x * (64 - width);
    double top = y * (64 - height);
    ObjectBox object = new ObjectBox(category, left, top, left + width, top + height);
    CellTargets targets = new CellTargets(2, 8, 3);
    targets.clear();
    targets.add(1, List.of(object));
    assertTrue(targets.positives() >= 1 && targets.positives() <= 9);
    float[] logits = targets.labels().clone();
    List<BoxDecoder.Scored> found =
        new BoxDecoder(8, 3, 0.5).decode(logits, targets.distances(), 1);
    ObjectBox best = found.getFirst().box();
    assertEquals(category, best.category());
    // The centre of a cell may lie up to half a stride outside a tiny object, and no border is
    // nearer to it than 0.4 pixels.
    if (width > 9 && height > 9) {
      assertTrue(best.iou(object) > (9 / 9.4) * (9 / 9.4), object + " became " + best);
    }
  }

  @Test
  void theSmallerObjectTakesACell() {
    CellTargets targets = new CellTargets(1, 8, 2);
    targets.clear();
    targets.add(0, List.of(new ObjectBox(0, 14, 14, 26, 26), new ObjectBox(1, 0, 0, 40, 40)));
    int cell = 2 * 8 + 2;
    assertEquals(1, targets.labels()[2 * cell]);
    assertEquals(0, targets.labels()[2 * cell + 1]);
    targets.clear();
    assertEquals(0, targets.positives());
    assertEquals(0, targets.labels()[2 * cell]);
  }

  @Test
  void gradesAreOverlaps() {
    CellTargets targets = new CellTargets(1, 8, 1);
    targets.clear();
    targets.add(0, List.of(new ObjectBox(0, 16, 16, 24, 24)));
    int cell = 2 * 8 + 2;
    float[] predicted = targets.distances().clone();
    targets.gradeByOverlap(predicted);
    assertEquals(1, targets.labels()[cell], 1e-6);
    // Half of the width is missed on each side: a quarter more than the object each way.
    for (int d = 0; d < 4; d++) {
      predicted[4 * cell + d] = 1;
    }
    targets.clear();
    targets.add(0, List.of(new ObjectBox(0, 16, 16, 24, 24)));
    targets.gradeByOverlap(predicted);
    assertEquals(0.25, targets.labels()[cell], 1e-6);
  }

  @Test
  void suppressionKeepsTheBestOfEachClass() {
    float[] logits = {3, 2, 2.5f, 1, 0, 0, 0, 0};
    float[] distances = new float[16];
    java.util.Arrays.fill(distances, 8);
    List<BoxDecoder.Scored> found = new BoxDecoder(2, 2, 0.5).decode(logits, distances, 0);
    assertEquals(2, found.size());
    assertEquals(3, found.get(0).score());
    assertEquals(0, found.get(0).box().category());
    assertEquals(2, found.get(1).score());
    assertEquals(1, found.get(1).box().category());
  }
}
