package io.solvegrad.spark;

import java.io.Serializable;

/**
 * How a head is trained on many machines. Everything here changes the head that comes out; the
 * number of partitions, executors and cores does not.
 *
 * @param steps how many steps of the optimiser in all, at least 0
 * @param rows at most so many rows of a shard a step, at least 4
 * @param perClass at most so many rows of a label, at least 2
 * @param learningRate of Adam, positive and finite
 * @param shards into how many parts the rows are divided by their labels, at least 1; no more cores
 *     than this take part
 * @param memory where candidates of earlier steps lie
 * @param memorySteps of how many earlier steps, at least 1; of no meaning without a memory
 * @param seed of the batches and of noisy losses
 */
public record HeadSettings(
    int steps,
    int rows,
    int perClass,
    double learningRate,
    int shards,
    MemoryPlacement memory,
    int memorySteps,
    long seed)
    implements Serializable {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public HeadSettings {
    if (steps < 0 || rows < 4 || perClass < 2 || shards < 1 || memorySteps < 1) {
      throw new IllegalArgumentException(
          "no training has %d steps of %d rows, %d of a label, in %d shards, and remembers %d steps"
              .formatted(steps, rows, perClass, shards, memorySteps));
    }
    if (!(learningRate > 0) || learningRate == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "learning rate must be positive and finite, but is " + learningRate);
    }
  }

  /**
   * Batches of 128 rows with 4 of a label in each of 8 shards, learning rate 0.01, no memory, seed
   * 1.
   *
   * @param steps how many steps of the optimiser, at least 0
   * @return the settings
   */
  public static HeadSettings steps(int steps) {
    return new HeadSettings(steps, 128, 4, 0.01, 8, MemoryPlacement.NONE, 1, 1);
  }

  /**
   * The same batches over another number of shards.
   *
   * @param count at least 1
   * @return other settings
   */
  public HeadSettings shards(int count) {
    return new HeadSettings(steps, rows, perClass, learningRate, count, memory, memorySteps, seed);
  }

  /**
   * The same with candidates of earlier steps.
   *
   * @param placement where they lie
   * @param ofSteps of how many steps, at least 1
   * @return other settings
   */
  public HeadSettings remembering(MemoryPlacement placement, int ofSteps) {
    return new HeadSettings(steps, rows, perClass, learningRate, shards, placement, ofSteps, seed);
  }

  /** The shard of a label: the same in every JVM. */
  int shardOf(Object label) {
    long key = 0;
    if (label instanceof Long number) {
      key = number;
    } else {
      String text = label.toString();
      for (int i = 0; i < text.length(); i++) {
        key = 31 * key + text.charAt(i);
      }
    }
    return (int) Math.floorMod(mix(key), (long) shards);
  }

  /** The seed of what a shard draws in a step. */
  long seedOf(int shard, int step) {
    return mix(mix(seed) + ((long) shard << 32) + step);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
