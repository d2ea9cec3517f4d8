package io.solvegrad.spark;

import io.solvegrad.ejml.Adam;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Everything that a training needs to go on. As bytes, big-endian: the magic number, the version,
 * then of what training this is (hashes of rows and of the first weights, seed, rows, perClass,
 * bits of the learning rate, shards, memory, memorySteps, inputs, outputs), the step, weights as
 * float, both moments as double, the loss of each step as double, the number of remembered steps,
 * for each of them and each shard a number of floats and the floats, and the CRC-32 of all that as
 * long.
 *
 * @param identity what training this is
 * @param weights of the head
 * @param adam the optimiser, whose steps are those taken
 * @param losses of each step
 * @param remembered for each remembered step the embeddings of each shard
 */
record HeadProgress(
    Identity identity,
    float[] weights,
    Adam.State adam,
    double[] losses,
    List<float[][]> remembered) {
  private static final int MAGIC = 0x53474854;
  private static final int VERSION = 1;

  /**
   * What must be the same for a training to go on.
   *
   * @param rows a hash of all rows in their shards
   * @param start a hash of the weights in the beginning
   * @param settings but for the number of steps
   * @param inputs of the head
   * @param outputs of the head
   */
  record Identity(long rows, long start, HeadSettings settings, int inputs, int outputs) {
    private long[] numbers() {
      return new long[] {
        rows,
        start,
        settings.seed(),
        settings.rows(),
        settings.perClass(),
        Double.doubleToLongBits(settings.learningRate()),
        settings.shards(),
        switch (settings.memory()) {
          case NONE -> 0;
          case PARTITIONED -> 1;
          case BROADCAST -> 2;
        },
        settings.memorySteps(),
        inputs,
        outputs
      };
    }

    private static final String[] NAMES = {
      "set of rows",
      "head to begin with",
      "seed",
      "batch size",
      "rows of a label",
      "learning rate",
      "number of shards",
      "memory",
      "remembered steps",
      "number of inputs",
      "number of outputs"
    };
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      for (long number : identity.numbers()) {
        out.writeLong(number);
      }
      out.writeInt(adam.steps());
      write(out, weights);
      for (double[] values : List.of(adam.first(), adam.second(), losses)) {
        for (double value : values) {
          out.writeDouble(value);
        }
      }
      out.writeInt(remembered.size());
      for (float[][] step : remembered) {
        for (float[] part : step) {
          out.writeInt(part.length);
          write(out, part);
        }
      }
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, float[] values) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IOException if the bytes are damaged or of another version, or belong to another
   *     training than this
   */
  static HeadProgress of(byte[] bytes, Identity wanted) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int magic = in.readInt();
      int version = in.readInt();
      if (magic != MAGIC) {
        throw new IOException(
            "is no checkpoint: it begins with %08x instead of %08x".formatted(magic, MAGIC));
      }
      if (version != VERSION) {
        throw new IOException("is of version %d instead of %d".formatted(version, VERSION));
      }
      int length = bytes.length - Long.BYTES;
      DataInputStream end = new DataInputStream(new ByteArrayInputStream(bytes, length, 8));
      if (end.readLong() != checksum(bytes, length)) {
        throw new IOException(
            "is damaged: its checksum is wrong. Maybe delete it to go on from the one before");
      }
      requireSame(in, wanted);
      return content(in, wanted);
    } catch (EOFException e) {
      throw new IOException("is cut short after %d bytes".formatted(bytes.length), e);
    }
  }

  private static void requireSame(DataInputStream in, Identity wanted) throws IOException {
    long[] own = wanted.numbers();
    for (int i = 0; i < own.length; i++) {
      if (in.readLong() != own[i]) {
        throw new IOException(
            "belongs to a training with another %s. Maybe choose another folder"
                .formatted(Identity.NAMES[i]));
      }
    }
  }

  private static HeadProgress content(DataInputStream in, Identity wanted) throws IOException {
    int steps = in.readInt();
    int size = wanted.inputs * wanted.outputs;
    float[] weights = floats(in, size);
    Adam.State adam = new Adam.State(steps, doubles(in, size), doubles(in, size));
    double[] losses = doubles(in, steps);
    List<float[][]> remembered = new ArrayList<>();
    int rememberedSteps = in.readInt();
    for (int s = 0; s < rememberedSteps; s++) {
      float[][] parts = new float[wanted.settings.shards()][];
      for (int p = 0; p < parts.length; p++) {
        parts[p] = floats(in, in.readInt());
      }
      remembered.add(parts);
    }
    return new HeadProgress(wanted, weights, adam, losses, remembered);
  }

  private static float[] floats(DataInputStream in, int size) throws IOException {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  private static double[] doubles(DataInputStream in, int size) throws IOException {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
