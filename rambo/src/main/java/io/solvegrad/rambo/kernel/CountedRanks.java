package io.solvegrad.rambo.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Ranks of a short row by counting, for each score, those ahead of it: n * n / lanes comparisons.
 */
final class CountedRanks {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
  private static final int LANES = F.length();

  private float[] row = {};
  private int[] counts = {};

  void rank(float[] y, int begin, int n, int[] ranks) {
    int padded = (n + LANES - 1) & -LANES;
    if (row.length < padded) {
      row = new float[padded];
      counts = new int[padded];
    }
    System.arraycopy(y, begin, row, 0, n);
    // Nothing is ahead of NaN and it is ahead of nothing.
    Arrays.fill(row, n, padded, Float.NaN);
    for (int block = 0; block < padded; block += LANES) {
      countBlock(row, block, padded, counts);
    }
    System.arraycopy(counts, 0, ranks, 0, n);
  }

  private static void countBlock(float[] row, int block, int n, int[] counts) {
    FloatVector v = FloatVector.fromArray(F, row, block);
    IntVector even = IntVector.broadcast(I, 1);
    IntVector odd = IntVector.zero(I);
    for (int j = 0; j < block; j += 2) {
      even = even.add(1, v.compare(VectorOperators.LE, row[j]).cast(I));
      odd = odd.add(1, v.compare(VectorOperators.LE, row[j + 1]).cast(I));
    }
    IntVector lane = IntVector.zero(I).addIndex(1);
    for (int j = 0; j < LANES; j++) {
      VectorMask<Integer> ahead = v.compare(VectorOperators.LT, row[block + j]).cast(I);
      VectorMask<Integer> equal = v.compare(VectorOperators.EQ, row[block + j]).cast(I);
      even = even.add(1, ahead.or(equal.and(lane.compare(VectorOperators.GT, j))));
    }
    for (int j = block + LANES; j < n; j += 2) {
      even = even.add(1, v.compare(VectorOperators.LT, row[j]).cast(I));
      odd = odd.add(1, v.compare(VectorOperators.LT, row[j + 1]).cast(I));
    }
    even.add(odd).intoArray(counts, block);
  }
}
