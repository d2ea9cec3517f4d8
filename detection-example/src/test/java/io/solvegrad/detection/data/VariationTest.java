package io.solvegrad.detection.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class VariationTest {
  private static final int SIDE = 64;

  /** White where the object is. */
  private static Picture picture(ObjectBox box) {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < rgb.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE % SIDE;
      boolean inside = x >= box.left() && x < box.right() && y >= box.top() && y < box.bottom();
      rgb[i] = (byte) (inside ? 255 : 0);
    }
    return new Picture("p", rgb, 1, SIDE, SIDE, List.of(box));
  }

  @Test
  void boxesFollowThePixels() {
    Picture picture = picture(new ObjectBox(2, 22, 26, 40, 36));
    float[] pixels = new float[3 * SIDE * SIDE];
    for (int step = 0; step < 40; step++) {
      List<ObjectBox> objects = new Variation(1, SIDE).apply(picture, 5, step, 0, pixels, 0);
      ObjectBox box = objects.getFirst();
      assertEquals(2, box.category());
      float low = pixels[0];
      float high = pixels[(int) box.centreY() * SIDE + (int) box.centreX()];
      assertTrue(high > low);
      double white = 0;
      for (int i = 0; i < SIDE * SIDE; i++) {
        white += (pixels[i] - low) / (high - low);
      }
      assertEquals(box.area(), white, 0.06 * box.area(), "step " + step);
      // The border lies half way between black and white.
      int row = (int) box.centreY() * SIDE;
      assertTrue(pixels[row + (int) box.left() - 2] < (low + high) / 2);
      assertTrue(pixels[row + (int) box.left() + 2] > (low + high) / 2);
    }
  }

  @Test
  void strengthZeroChangesNothing() {
    Picture picture = picture(new ObjectBox(0, 10, 10, 30, 30));
    float[] varied = new float[3 * SIDE * SIDE];
    float[] plain = new float[3 * SIDE * SIDE];
    List<ObjectBox> objects = new Variation(0, SIDE).apply(picture, 1, 2, 3, varied, 0);
    Variation.copy(picture, plain, 0);
    assertArrayEquals(plain, varied, 0.005f);
    assertEquals(picture.objects(), objects);
  }

  @Test
  void objectsThatLeaveAreGone() {
    Picture picture = picture(new ObjectBox(0, 0, 0, 2, 2));
    float[] pixels = new float[3 * SIDE * SIDE];
    int kept = 0;
    for (int step = 0; step < 60; step++) {
      for (ObjectBox box : new Variation(2, SIDE).apply(picture, 1, step, 0, pixels, 0)) {
        kept++;
        assertTrue(box.left() >= 0 && box.right() <= SIDE && box.area() > 0);
      }
    }
    assertTrue(kept > 5 && kept < 55, kept + " of 60 kept");
  }
}
