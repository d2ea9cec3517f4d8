package io.solvegrad.process;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/** Makes whoever still uses native memory that Java has freed notice. */
public final class FreedMemory {
  private static final int ROUNDS = 5;
  private static final int BUFFERS = 4000;
  private static final int LARGEST = 1 << 12;

  private FreedMemory() {}

  /** Collects garbage, and writes over what that has given back. */
  public static void overwrite() {
    // The cleaner frees what the collector has found some time later, in a thread of its own.
    for (int round = 0; round < ROUNDS; round++) {
      System.gc();
      LockSupport.parkNanos(5_000_000);
      for (int i = 0; i < BUFFERS; i++) {
        // Single numbers as well as matrices.
        int size = i % 2 == 0 ? Float.BYTES * (1 + i % 8) : 1 + i * i % LARGEST;
        ByteBuffer garbage = ByteBuffer.allocateDirect(size);
        while (garbage.remaining() >= Float.BYTES) {
          garbage.putFloat(-7.5f);
        }
      }
    }
  }
}
