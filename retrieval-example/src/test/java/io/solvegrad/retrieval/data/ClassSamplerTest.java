package io.solvegrad.retrieval.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClassSamplerTest {
  @Property(tries = 200, seed = "1")
  void epochTakesEachClassOnceApartFromTheFilling(
      @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 1, max = 9) Integer> sizeList,
      @ForAll @IntRange(min = 2, max = 5) int perClass,
      @ForAll @IntRange(min = 2, max = 6) int classesPerBatch,
      @ForAll @LongRange(min = 0, max = 1_000_000) long epoch,
      @ForAll long seed) {
    int[] sizes = sizeList.stream().mapToInt(Integer::intValue).toArray();
    ImageCollection images = Drawings.classes(sizes, 3);
    ClassSampler sampler = new ClassSampler(images, classesPerBatch * perClass, perClass, seed);
    int[] taken = new int[sizes.length];
    int slots = Arrays.stream(sizes).map(size -> Math.min(size, perClass)).sum();
    int left = slots;
    for (int i = 0; i < sampler.stepsPerEpoch(); i++) {
      int[] batch = sampler.batch(epoch * sampler.stepsPerEpoch() + i);
      assertEquals(Math.min(classesPerBatch * perClass, slots), batch.length);
      assertEquals(batch.length, Arrays.stream(batch).distinct().count(), "no image twice");
      for (int k = 0; k < Math.min(left, batch.length); k++) {
        taken[images.classOf(batch[k])]++;
      }
      left -= batch.length;
    }
    assertTrue(left <= 0);
    for (int c = 0; c < sizes.length; c++) {
      assertEquals(Math.min(sizes[c], perClass), taken[c], "class " + c);
    }
  }

  @Property(tries = 100, seed = "1")
  void classIsSplitAtMostAtTheEndsOfABatch(
      @ForAll @Size(min = 8, max = 30) List<@IntRange(min = 2, max = 9) Integer> sizeList,
      @ForAll @LongRange(min = 0, max = 100) long step,
      @ForAll long seed) {
    int[] sizes = sizeList.stream().mapToInt(Integer::intValue).toArray();
    ImageCollection images = Drawings.classes(sizes, 3);
    ClassSampler sampler = new ClassSampler(images, 12, 4, seed);
    int[] batch = sampler.batch(step);
    int from = 0;
    Set<Integer> seen = new HashSet<>();
    for (int i = 1; i <= batch.length; i++) {
      int classId = images.classOf(batch[from]);
      if (i < batch.length && images.classOf(batch[i]) == classId) {
        continue;
      }
      boolean whole = from > 0 && i < batch.length;
      boolean wrapped = step % sampler.stepsPerEpoch() == sampler.stepsPerEpoch() - 1;
      if (whole && !wrapped) {
        assertEquals(Math.min(4, sizes[classId]), i - from);
        assertTrue(seen.add(classId), "images of a class lie side by side");
      }
      from = i;
    }
  }

  @Property(tries = 100, seed = "1")
  void sourcesAreUsedUpBeforeOneComesAgain(
      @ForAll @IntRange(min = 1, max = 12) int size,
      @ForAll @IntRange(min = 1, max = 6) int hands,
      @ForAll long seed) {
    int[] sizes = {size, size, size, size};
    ImageCollection images = Drawings.classes(sizes, hands);
    ClassSampler sampler = new ClassSampler(images, 16, 4, seed);
    int[] batch = sampler.batch(0);
    for (int classId = 0; classId < 4; classId++) {
      int id = classId;
      int[] sources =
          Arrays.stream(batch)
              .filter(image -> images.classOf(image) == id)
              .map(images::sourceOf)
              .toArray();
      int available = Math.min(hands, size);
      assertEquals(Math.min(available, sources.length), Arrays.stream(sources).distinct().count());
    }
  }

  @Test
  void stepDecidesTheBatchWhateverCameBefore() {
    ImageCollection images = Drawings.classes(new int[] {5, 6, 7, 8, 9, 5, 6, 7}, 3);
    ClassSampler one = new ClassSampler(images, 12, 3, 42);
    ClassSampler other = new ClassSampler(images, 12, 3, 42);
    for (long step = 0; step < 20; step++) {
      one.batch(step);
    }
    assertArrayEquals(one.batch(17), other.batch(17));
    assertFalse(Arrays.equals(one.batch(0), one.batch(one.stepsPerEpoch())), "epochs differ");
    assertFalse(
        Arrays.equals(one.batch(0), new ClassSampler(images, 12, 3, 43).batch(0)), "seeds differ");
  }

  @Test
  void smallCollectionGivesSmallBatches() {
    ImageCollection images = Drawings.classes(new int[] {2, 5}, 2);
    ClassSampler sampler = new ClassSampler(images, 256, 4, 1);
    assertEquals(6, sampler.batchSize());
    assertEquals(1, sampler.stepsPerEpoch());
    assertEquals(6, sampler.batch(3).length);
  }

  @Test
  void allImagesComeUpInTime() {
    ImageCollection images = Drawings.classes(new int[] {9, 9, 9, 9}, 4);
    ClassSampler sampler = new ClassSampler(images, 8, 2, 1);
    Set<Integer> seen = new HashSet<>();
    for (long step = 0; step < 100; step++) {
      Arrays.stream(sampler.batch(step)).forEach(seen::add);
    }
    assertEquals(images.size(), seen.size());
  }

  @Test
  void refusesBatchesWithoutCompanyOrContrast() {
    ImageCollection images = Drawings.classes(new int[] {3, 3, 3}, 2);
    assertThrows(IllegalArgumentException.class, () -> new ClassSampler(images, 8, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ClassSampler(images, 7, 4, 1));
    ImageCollection none = new ImageCollection.Builder().build();
    assertThrows(IllegalArgumentException.class, () -> new ClassSampler(none, 8, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new ClassSampler(images, 8, 2, 1).batch(-1));
  }
}
