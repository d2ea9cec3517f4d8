package io.solvegrad.learning.problem;

import io.solvegrad.example.RandomStream;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Symbols in the manner of flags: stripes, crosses or fields in three colours. All symbols of a set
 * differ in their pattern or its colours.
 */
final class DrawnFlags {
  /** Pixels a side of a symbol. */
  static final int SIDE = 12;

  /** Numbers of a symbol: three colours. */
  static final int PIXELS = 3 * SIDE * SIDE;

  private static final int PATTERNS = 6;
  private static final float[][] COLOURS = {
    {.80f, .10f, .15f}, {.95f, .95f, .95f}, {.10f, .25f, .65f}, {.98f, .80f, .10f},
    {.05f, .50f, .25f}, {.08f, .08f, .08f}, {.95f, .50f, .10f}, {.45f, .75f, .95f}
  };

  /** Pattern and colours of each symbol. */
  private final int[][] designs;

  /**
   * Designs symbols.
   *
   * @param count how many
   * @param seed of the designs
   */
  DrawnFlags(int count, long seed) {
    SplittableRandom random = RandomStream.at(seed, -2);
    Set<Integer> known = new HashSet<>();
    designs = new int[count][];
    for (int s = 0; s < count; ) {
      int[] design = random.ints(4, 0, COLOURS.length).toArray();
      design[0] %= PATTERNS;
      boolean plain = design[1] == design[2] || design[2] == design[3] || design[1] == design[3];
      int code = ((design[0] * 8 + design[1]) * 8 + design[2]) * 8 + design[3];
      if (!plain && known.add(code)) {
        designs[s++] = design;
      }
    }
  }

  /**
   * Draws a symbol under random light, moved by up to a pixel, with noise.
   *
   * @param symbol its number
   * @param pixels receives {@value #PIXELS} values, 0 to 1, colour by colour. Modified.
   * @param offset where in them
   * @param random draws light and noise
   */
  void draw(int symbol, float[] pixels, int offset, SplittableRandom random) {
    int[] design = designs[symbol];
    float light = (float) (0.75 + 0.35 * random.nextDouble());
    int down = random.nextInt(3) - 1;
    int right = random.nextInt(3) - 1;
    for (int p = 0; p < SIDE * SIDE; p++) {
      int y = Math.clamp(p / SIDE + down, 0, SIDE - 1);
      int x = Math.clamp(p % SIDE + right, 0, SIDE - 1);
      float[] colour = COLOURS[design[1 + part(design[0], y, x)]];
      for (int c = 0; c < 3; c++) {
        double noise = 0.2 * (random.nextDouble() - 0.5);
        pixels[offset + c * SIDE * SIDE + p] = (float) Math.clamp(light * colour[c] + noise, 0, 1);
      }
    }
  }

  /** Which of the three colours a pixel has. */
  private static int part(int pattern, int y, int x) {
    int third = SIDE / 3;
    return switch (pattern) {
      case 0 -> y / third;
      case 1 -> x / third;
      // A cross on two halves.
      case 2 ->
          Math.abs(2 * x - SIDE + 1) < third || Math.abs(2 * y - SIDE + 1) < third
              ? 0
              : y < SIDE / 2 ? 1 : 2;
      // A corner on two stripes.
      case 3 -> y < SIDE / 2 && x < SIDE / 2 ? 0 : y < SIDE / 2 ? 1 : 2;
      // A disc on two halves.
      case 4 ->
          square(2 * x - SIDE + 1) + square(2 * y - SIDE + 1) < square(2 * third)
              ? 0
              : x < SIDE / 2 ? 1 : 2;
      // A slanting stripe.
      default -> Math.abs(x - y) < 3 ? 0 : x > y ? 1 : 2;
    };
  }

  private static int square(int number) {
    return number * number;
  }
}
