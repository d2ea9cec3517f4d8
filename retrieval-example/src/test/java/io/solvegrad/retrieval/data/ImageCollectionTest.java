package io.solvegrad.retrieval.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ImageCollectionTest {
  private final ImageCollection images =
      new ImageCollection.Builder()
          .add("tree", "Zoe", "tree-z", true, Drawings.plain(0))
          .add("cat", "Ann", "cat-a", false, Drawings.plain(255))
          .add("tree", "Ann", "tree-a", true, Drawings.plain(51))
          .build();

  @Test
  void idsFollowSortedNames() {
    assertEquals(3, images.size());
    assertEquals(2, images.classCount());
    assertEquals(2, images.sourceCount());
    assertArrayEquals(new int[] {1, 0, 1}, images.classIds());
    assertArrayEquals(new int[] {1, 0, 0}, images.sourceIds());
    assertEquals("cat", images.className(images.classOf(1)));
    assertEquals("Zoe", images.sourceName(images.sourceOf(0)));
    assertEquals("tree-a", images.description(2));
    assertArrayEquals(new int[] {0, 2}, images.imagesOf(1));
  }

  @Test
  void remembersWhatMayBePublished() {
    assertTrue(images.publishable(0));
    assertFalse(images.publishable(1));
    assertFalse(images.select(new int[] {2, 1}).publishable(1));
  }

  @Test
  void pixelsLieBetweenZeroAndOne() {
    float[] target = new float[3 + ImageCollection.PIXELS];
    images.copyPixels(2, target, 3);
    assertEquals(0f, target[2]);
    assertEquals(0.2f, target[3]);
    assertEquals(0.2f, target[target.length - 1]);
    images.copyPixels(1, target, 0);
    assertEquals(1f, target[0]);
  }

  @Test
  void arraysHandedOutAreCopies() {
    images.classIds()[0] = 7;
    images.bytes(1)[0] = 7;
    assertEquals(1, images.classOf(0));
    assertEquals((byte) 255, images.bytes(1)[0]);
  }

  @Test
  void selectionKeepsNamesAndMakesIdsDense() {
    ImageCollection selected = images.select(new int[] {2, 0});
    assertEquals(1, selected.classCount());
    assertEquals("tree", selected.className(0));
    assertArrayEquals(new int[] {0, 0}, selected.classIds());
    assertArrayEquals(new int[] {0, 1}, selected.sourceIds());
    assertEquals("tree-a", selected.description(0));
    assertArrayEquals(Drawings.plain(51), selected.bytes(0));
  }

  @Test
  void standardisedImagesHaveNoMeanAndTheGivenLength() {
    ImageCollection noise = Drawings.single(Drawings.noise(1));
    float[] rows = new float[ImageCollection.PIXELS];
    noise.copyPixels(0, rows, 0);
    float first = rows[0];
    float second = rows[1];
    ImageCollection.standardise(rows, 10);
    double sum = 0;
    double squares = 0;
    for (float value : rows) {
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum, 1e-3);
    assertEquals(10, Math.sqrt(squares), 1e-4);
    assertEquals(first > second, rows[0] > rows[1]);
  }

  @Test
  void imageWithoutContrastBecomesZero() {
    for (int grey : new int[] {0, 1, 77, 255}) {
      float[] rows = new float[ImageCollection.PIXELS];
      Drawings.single(Drawings.plain(grey)).copyPixels(0, rows, 0);
      ImageCollection.standardise(rows, 1);
      for (float value : rows) {
        assertEquals(0, value, 1e-6, "grey " + grey);
      }
    }
  }

  @Test
  void refusesPartsOfImages() {
    ImageCollection.Builder builder = new ImageCollection.Builder();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.add("cat", "Ann", "cat-a", true, new byte[7]))
            .getMessage();
    assertEquals("cat-a has 7 pixels, not 1024", message);
    assertThrows(
        IllegalArgumentException.class, () -> ImageCollection.standardise(new float[1000], 1));
  }
}
