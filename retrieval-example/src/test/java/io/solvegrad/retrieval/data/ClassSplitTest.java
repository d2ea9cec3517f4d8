package io.solvegrad.retrieval.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClassSplitTest {
  private static TreeSet<String> classes(ImageCollection images) {
    TreeSet<String> names = new TreeSet<>();
    IntStream.range(0, images.size()).forEach(i -> names.add(images.className(images.classOf(i))));
    return names;
  }

  private static List<String> descriptions(ImageCollection images) {
    return IntStream.range(0, images.size()).mapToObj(images::description).toList();
  }

  @Property(tries = 100, seed = "1")
  void sidesShareNoClassAndLoseNoImage(
      @ForAll @IntRange(min = 2, max = 40) int count,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double share,
      @ForAll long seed) {
    int[] sizes = new int[count];
    Arrays.setAll(sizes, c -> 1 + c % 3);
    ImageCollection images = Drawings.classes(sizes, 2);
    ClassSplit split = ClassSplit.of(images, share, seed);
    TreeSet<String> both = classes(split.train());
    assertTrue(both.removeAll(classes(split.heldOut())) == false, "no class on both sides");
    both.addAll(classes(split.heldOut()));
    assertEquals(count, both.size());
    assertEquals(images.size(), split.train().size() + split.heldOut().size());
    assertEquals(Math.clamp(Math.round(share * count), 1, count - 1), split.train().classCount());
    assertEquals(
        descriptions(split.train()), descriptions(ClassSplit.of(images, share, seed).train()));
  }

  @Test
  void seedsDiffer() {
    ImageCollection images = Drawings.classes(new int[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 2);
    TreeSet<String> seen = new TreeSet<>();
    for (long seed = 0; seed < 20; seed++) {
      seen.add(classes(ClassSplit.of(images, 0.5, seed).train()).toString());
    }
    assertTrue(seen.size() > 10, seen.size() + " different splits for 20 seeds");
  }

  @Test
  void refusesWhatCannotBeCut() {
    ImageCollection one = Drawings.classes(new int[] {3}, 2);
    ImageCollection two = Drawings.classes(new int[] {3, 3}, 2);
    assertThrows(IllegalArgumentException.class, () -> ClassSplit.of(one, 0.5, 1));
    for (double share : new double[] {0, 1, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> ClassSplit.of(two, share, 1));
    }
  }
}
