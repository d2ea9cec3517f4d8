package io.solvegrad.retrieval.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Small collections for tests. */
final class Drawings {
  private Drawings() {}

  static byte[] plain(int grey) {
    byte[] pixels = new byte[ImageCollection.PIXELS];
    Arrays.fill(pixels, (byte) grey);
    return pixels;
  }

  static byte[] noise(long seed) {
    byte[] pixels = new byte[ImageCollection.PIXELS];
    new SplittableRandom(seed).nextBytes(pixels);
    return pixels;
  }

  /** One collection of a single image. */
  static ImageCollection single(byte[] pixels) {
    return new ImageCollection.Builder().add("thing", "hand", "it", true, pixels).build();
  }

  /** Class c has sizes[c] images, image i of a class comes from hand i modulo {@code hands}. */
  static ImageCollection classes(int[] sizes, int hands) {
    ImageCollection.Builder builder = new ImageCollection.Builder();
    for (int c = 0; c < sizes.length; c++) {
      for (int i = 0; i < sizes[c]; i++) {
        String name = String.format("class%04d", c);
        builder.add(name, "hand" + i % hands, name + "-" + i, true, plain(c + i));
      }
    }
    return builder.build();
  }
}
