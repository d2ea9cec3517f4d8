package io.solvegrad.retrieval.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.example.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final int SIDE = ImageCollection.SIDE;

  private static float[] apply(Augmentation augmentation, ImageCollection images, long seed) {
    float[] target = new float[ImageCollection.PIXELS];
    augmentation.apply(images, 0, RandomStream.at(seed), target, 0);
    return target;
  }

  private static float[] untouched(ImageCollection images) {
    float[] pixels = new float[ImageCollection.PIXELS];
    images.copyPixels(0, pixels, 0);
    return pixels;
  }

  /** A light square of 8 x 8 pixels in the middle. */
  private static ImageCollection square() {
    byte[] pixels = new byte[ImageCollection.PIXELS];
    for (int y = 12; y < 20; y++) {
      Arrays.fill(pixels, y * SIDE + 12, y * SIDE + 20, (byte) 255);
    }
    return Drawings.single(pixels);
  }

  private static double ink(float[] pixels) {
    double sum = 0;
    for (float pixel : pixels) {
      sum += pixel;
    }
    return sum;
  }

  private static double[] centre(float[] pixels) {
    double x = 0;
    double y = 0;
    for (int i = 0; i < pixels.length; i++) {
      x += pixels[i] * (i % SIDE);
      y += pixels[i] * (i / SIDE);
    }
    return new double[] {x / ink(pixels), y / ink(pixels)};
  }

  @Property(tries = 100, seed = "1")
  void zeroStrengthChangesNothing(@ForAll long seed) {
    ImageCollection noise = Drawings.single(Drawings.noise(seed));
    assertArrayEquals(untouched(noise), apply(Augmentation.NONE, noise, seed));
    assertArrayEquals(untouched(noise), apply(Augmentation.STANDARD.times(0), noise, seed));
  }

  @Property(tries = 100, seed = "1")
  void variationStaysBetweenTheExtremesOfTheImage(@ForAll long seed) {
    byte[] pixels = Drawings.noise(seed);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (40 + (pixels[i] & 0x7f)); // 40 to 167
    }
    Augmentation strong = new Augmentation(180, 0.9, 30, 1, 1, 1);
    for (float value : apply(strong, Drawings.single(pixels), seed)) {
      assertTrue(value >= 40 / 255f - 1e-6 && value <= 167 / 255f + 1e-6, "value " + value);
    }
  }

  @Property(tries = 50, seed = "1")
  void plainImageStaysPlain(@ForAll @IntRange(min = 0, max = 255) int grey, @ForAll long seed) {
    Augmentation strong = new Augmentation(180, 0.9, 30, 1, 1, 1);
    for (float value : apply(strong, Drawings.single(Drawings.plain(grey)), seed)) {
      assertEquals(grey / 255f, value, 1e-6);
    }
  }

  @Test
  void batchIsAFunctionOfSeedStepAndPlace() {
    ImageCollection images =
        new ImageCollection.Builder()
            .add("a", "x", "0", true, Drawings.noise(1))
            .add("a", "y", "1", true, Drawings.noise(2))
            .build();
    int[] batch = {1, 0, 1};
    float[] first = new float[3 * ImageCollection.PIXELS];
    float[] second = new float[3 * ImageCollection.PIXELS];
    Augmentation.STANDARD.apply(images, batch, 7, 100, first);
    Augmentation.STANDARD.apply(images, batch, 7, 100, second);
    assertArrayEquals(first, second);

    // One at a time and backwards gives the same, so threads may share the work.
    float[] single = new float[3 * ImageCollection.PIXELS];
    for (int i = 2; i >= 0; i--) {
      Augmentation.STANDARD.apply(
          images, batch[i], RandomStream.at(7, 100, i), single, i * ImageCollection.PIXELS);
    }
    assertArrayEquals(first, single);

    Augmentation.STANDARD.apply(images, batch, 7, 101, second);
    assertFalse(Arrays.equals(first, second), "steps differ");
    Augmentation.STANDARD.apply(images, batch, 8, 100, second);
    assertFalse(Arrays.equals(first, second), "seeds differ");
    assertFalse(
        Arrays.equals(
            Arrays.copyOf(first, ImageCollection.PIXELS),
            Arrays.copyOfRange(first, 2 * ImageCollection.PIXELS, 3 * ImageCollection.PIXELS)),
        "places differ");
  }

  @Property(tries = 100, seed = "1")
  void shiftMovesTheCentreAndKeepsTheInk(@ForAll long seed) {
    float[] moved = apply(new Augmentation(0, 0, 3, 0, 0, 0), square(), seed);
    double[] centre = centre(moved);
    assertEquals(64, ink(moved), 1e-3);
    assertTrue(Math.abs(centre[0] - 15.5) <= 3.0001 && Math.abs(centre[1] - 15.5) <= 3.0001);
    assertFalse(Arrays.equals(untouched(square()), moved));
  }

  @Property(tries = 100, seed = "1")
  void rotationAndShearKeepCentreAndArea(@ForAll long seed) {
    float[] turned = apply(new Augmentation(90, 0, 0, 0.5, 0, 0), square(), seed);
    assertEquals(64, ink(turned), 2);
    assertArrayEquals(new double[] {15.5, 15.5}, centre(turned), 0.05);
  }

  @Property(tries = 100, seed = "1")
  void scaleKeepsTheCentreAndBoundsTheArea(
      @ForAll @DoubleRange(min = 0.1, max = 0.5) double scale, @ForAll long seed) {
    float[] scaled = apply(new Augmentation(0, scale, 0, 0, 0, 0), square(), seed);
    assertArrayEquals(new double[] {15.5, 15.5}, centre(scaled), 0.05);
    double side = Math.sqrt(ink(scaled));
    assertTrue(side >= 8 * (1 - scale) - 0.5 && side <= 8 * (1 + scale) + 0.5, "side " + side);
  }

  @Property(tries = 100, seed = "1")
  void strokesGrowOrShrinkByAPixel(@ForAll long seed) {
    float[] changed = apply(new Augmentation(0, 0, 0, 0, 1, 0), square(), seed);
    double ink = ink(changed);
    assertTrue(ink > 36 - 1e-3 && ink < 100 + 1e-3, "ink " + ink);
    boolean thicker = ink > 64;
    assertEquals(thicker, changed[11 * SIDE + 11] > 0, "the outer corner gains");
    assertEquals(thicker, changed[12 * SIDE + 12] == 1, "the inner corner stays");
    assertEquals(1f, changed[15 * SIDE + 15]);
  }

  @Property(tries = 100, seed = "1")
  void erasureIsARectangleOfBackground(@ForAll long seed) {
    byte[] white = Drawings.plain(255);
    white[0] = 0; // a corner: the background is three quarters
    float[] erased = apply(new Augmentation(0, 0, 0, 0, 0, 1), Drawings.single(white), seed);
    int minX = SIDE;
    int maxX = -1;
    int minY = SIDE;
    int maxY = -1;
    int count = 0;
    for (int i = 0; i < erased.length; i++) {
      if (erased[i] == 0.75f) {
        minX = Math.min(minX, i % SIDE);
        maxX = Math.max(maxX, i % SIDE);
        minY = Math.min(minY, i / SIDE);
        maxY = Math.max(maxY, i / SIDE);
        count++;
      }
    }
    int width = maxX - minX + 1;
    int height = maxY - minY + 1;
    assertEquals(width * height, count, "every pixel of the rectangle");
    assertTrue(width >= 4 && width <= 10 && height >= 4 && height <= 10, width + " x " + height);
  }

  @Test
  void refusesRangesOutOfBounds() {
    assertEquals(
        "scale is 1.5, not in [0, 0.9]",
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(0, 1.5, 0, 0, 0, 0))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Augmentation(-1, 0, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> Augmentation.STANDARD.times(Double.NaN));
  }
}
