package io.solvegrad.ejml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Classes that differ in the first quarter of the features; the others are louder noise. */
record Clusters(float[] features, int[] classes, int columns) {

  static Clusters random(int count, int size, int columns, long seed) {
    Random random = new Random(seed);
    float[] features = new float[count * size * columns];
    int[] classes = new int[count * size];
    float[] center = new float[columns];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = i / size;
      for (int c = 0; c < columns; c++) {
        boolean tells = c < columns / 4;
        if (i % size == 0) {
          center[c] = tells ? (float) random.nextGaussian() : 0;
        }
        features[i * columns + c] =
            center[c] + (tells ? 0.4f : 1.5f) * (float) random.nextGaussian();
      }
    }
    return new Clusters(features, classes, columns);
  }

  /** As numpy.save writes them. */
  void save(Path folder, String name) throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(4 * features.length).order(ByteOrder.LITTLE_ENDIAN);
    numbers.asFloatBuffer().put(features);
    String shape = "(%d, %d)".formatted(classes.length, columns);
    Files.write(folder.resolve(name + "-features.npy"), npy("<f4", shape, numbers.array()));
    ByteBuffer ids = ByteBuffer.allocate(8 * classes.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int id : classes) {
      ids.putLong(id);
    }
    shape = "(%d,)".formatted(classes.length);
    Files.write(folder.resolve(name + "-classes.npy"), npy("<i8", shape, ids.array()));
  }

  private static byte[] npy(String type, String shape, byte[] data) {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    file.put((byte) 0).putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.US_ASCII)).put(data);
    return file.array();
  }
}
