package io.solvegrad.rambo.kernel;

import java.util.Arrays;

/** What one thread counts in the cells of a row that another has laid out. */
final class CellCount {
  private static final int CHUNK = 1024;

  private final ThresholdCells cells;
  private final RowLoops loops;
  private final int[] buckets = new int[CHUNK];
  private final int[] waiting = new int[CHUNK + 1];

  /** Candidates by bucket. */
  int[] population = {};

  /** Candidates by slot: those of crowded buckets. */
  int[] slotSize = {};

  CellCount(ThresholdCells cells, RowLoops loops) {
    this.cells = cells;
    this.loops = loops;
  }

  void clear(int size, int slots) {
    if (population.length < size) {
      population = new int[size];
    }
    if (slotSize.length < slots) {
      slotSize = new int[slots + slots / 4];
    }
    Arrays.fill(population, 0, size, 0);
    Arrays.fill(slotSize, 0, slots, 0);
  }

  /** Counts the candidates of a stretch and, if asked to, adds to their gradient. */
  void run(Row row, int begin, int end, boolean add) {
    for (int from = begin; from < end; from += CHUNK) {
      int size = Math.min(CHUNK, end - from);
      loops.buckets(row.scores, row.begin + from, row.begin + from + size, cells.scale, buckets);
      int left = populate(buckets, size, from, population, cells.crowded, waiting);
      if (add) {
        loops.addLookedUp(
            row.gradient, row.gradientBegin + from, size, buckets, cells.bucketSummand);
      }
      for (int w = 0; w < left; w++) {
        int slot = cells.slot(row, waiting[w], buckets[waiting[w] - from]);
        slotSize[slot]++;
        if (add) {
          row.gradient[row.gradientBegin + waiting[w]] += cells.summand[slot];
        }
      }
    }
  }

  /** Counts candidates by bucket and lists those of crowded buckets. Returns their number. */
  private static int populate(
      int[] buckets, int size, int from, int[] population, int[] crowded, int[] waiting) {
    int left = 0;
    for (int i = 0; i < size; i++) {
      int bucket = buckets[i];
      population[bucket]++;
      waiting[left] = from + i;
      left += crowded[bucket];
    }
    return left;
  }

  /** Adds what another thread has counted. */
  void add(CellCount other, int size, int slots) {
    sum(other.population, population, size);
    sum(other.slotSize, slotSize, slots);
  }

  private static void sum(int[] from, int[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += from[i];
    }
  }
}
