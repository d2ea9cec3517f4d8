package io.solvegrad.rambo.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Ranks of up to 256 scores by a bitonic sorting network over vectors.
 *
 * <p>A key holds a score, mapped linearly to 23 bits, and its position below. Element e of the
 * sorted sequence stands in lane e / vectors of vector e % vectors, so most comparisons are between
 * whole vectors. Where two scores map to the same 23 bits the network cannot tell them apart and
 * gives up.
 *
 * <p>Source: Batcher, Sorting networks and their applications, AFIPS 1968,
 * doi:10.1145/1468075.1468121. Each stage is a method of its own: together they would not stay in
 * registers.
 */
final class SortingNetwork {
  static final int SIZE = 256;
  private static final int POSITION_BITS = 8;
  private static final int LARGEST = (1 << 23) - 1;

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
  private static final int LANES = F.length();
  private static final int VECTORS = SIZE / LANES;

  private final int[] keys = new int[SIZE];
  private final float[] row = new float[SIZE];
  private final float[] bounds = new float[2];

  /** Whether the ranks could be found; otherwise what stands in ranks means nothing. */
  boolean rank(float[] y, int begin, int n, int[] ranks) {
    if (!makeKeys(y, begin, n)) {
      return false;
    }
    sortLanes();
    for (int width = 2; width <= LANES; width *= 2) {
      mergeLanes(keys, width);
      for (int distance = width / 4; distance > 0; distance /= 2) {
        cleanLanes(keys, distance);
      }
      cleanVectors(VECTORS / 2);
    }
    return writeRanks(keys, n, ranks);
  }

  private boolean makeKeys(float[] y, int begin, int n) {
    System.arraycopy(y, begin, row, 0, n);
    Arrays.fill(row, n, SIZE, row[0]);
    findBounds(row, bounds);
    float smallest = bounds[0];
    float largest = bounds[1];
    float factor = LARGEST / (largest - smallest);
    // Constant rows and rows with infinities have no linear map, subnormal ranges none that is
    // finite.
    if (!(largest > smallest) || !(factor > 0) || factor == Float.POSITIVE_INFINITY) {
      return false;
    }
    quantise(row, largest, factor, keys);
    Arrays.fill(keys, n, SIZE, Integer.MAX_VALUE);
    return true;
  }

  /** Writes the smallest and the largest score to bounds. */
  private static void findBounds(float[] row, float[] bounds) {
    FloatVector smallest = FloatVector.fromArray(F, row, 0);
    FloatVector largest = smallest;
    for (int i = LANES; i < SIZE; i += LANES) {
      // Blends, because min and max of floats take several instructions to get NaN right.
      FloatVector v = FloatVector.fromArray(F, row, i);
      smallest = smallest.blend(v, v.compare(VectorOperators.LT, smallest));
      largest = largest.blend(v, largest.compare(VectorOperators.LT, v));
    }
    bounds[0] = smallest.reduceLanes(VectorOperators.MIN);
    bounds[1] = largest.reduceLanes(VectorOperators.MAX);
  }

  private static void quantise(float[] row, float largest, float factor, int[] keys) {
    FloatVector top = FloatVector.broadcast(F, largest);
    IntVector position = IntVector.zero(I).addIndex(1);
    for (int i = 0; i < SIZE; i += LANES) {
      FloatVector scaled = top.sub(FloatVector.fromArray(F, row, i)).mul(factor);
      ((IntVector) scaled.convert(VectorOperators.F2I, 0))
          .min(LARGEST)
          .lanewise(VectorOperators.LSHL, POSITION_BITS)
          .lanewise(VectorOperators.OR, position.add(i))
          .intoArray(keys, i);
    }
  }

  /** Sorts each lane over all vectors. */
  private void sortLanes() {
    for (int run = 2; run <= VECTORS; run *= 2) {
      flipVectors(keys, run);
      cleanVectors(run / 4);
    }
  }

  /** Compares the two ends of each run of vectors, then their neighbours, and so on. */
  private static void flipVectors(int[] keys, int run) {
    for (int base = 0; base < SIZE; base += run * LANES) {
      int j = base + (run - 1) * LANES;
      for (int i = base; i < j; i += LANES, j -= LANES) {
        IntVector a = IntVector.fromArray(I, keys, i);
        IntVector b = IntVector.fromArray(I, keys, j);
        a.min(b).intoArray(keys, i);
        a.max(b).intoArray(keys, j);
      }
    }
  }

  /** Compares vectors at this distance and all its halves. */
  private void cleanVectors(int distance) {
    int d = distance;
    for (; d >= 2; d /= 4) {
      cleanTwice(keys, d / 2 * LANES);
    }
    if (d == 1) {
      cleanOnce(keys);
    }
  }

  private static void cleanOnce(int[] keys) {
    for (int i = 0; i < SIZE; i += 2 * LANES) {
      IntVector a = IntVector.fromArray(I, keys, i);
      IntVector b = IntVector.fromArray(I, keys, i + LANES);
      a.min(b).intoArray(keys, i);
      a.max(b).intoArray(keys, i + LANES);
    }
  }

  /** Distance 2 * step, then step, with four vectors in registers. */
  private static void cleanTwice(int[] keys, int step) {
    for (int base = 0; base < SIZE; base += 4 * step) {
      for (int i = base; i < base + step; i += LANES) {
        IntVector a = IntVector.fromArray(I, keys, i);
        IntVector b = IntVector.fromArray(I, keys, i + step);
        IntVector c = IntVector.fromArray(I, keys, i + 2 * step);
        IntVector d = IntVector.fromArray(I, keys, i + 3 * step);
        IntVector lowA = a.min(c);
        IntVector lowB = b.min(d);
        IntVector highA = a.max(c);
        IntVector highB = b.max(d);
        lowA.min(lowB).intoArray(keys, i);
        lowA.max(lowB).intoArray(keys, i + step);
        highA.min(highB).intoArray(keys, i + 2 * step);
        highA.max(highB).intoArray(keys, i + 3 * step);
      }
    }
  }

  /** Merges groups of width / 2 sorted lanes: the first with the mirror image of the second. */
  private static void mergeLanes(int[] keys, int width) {
    IntVector lane = IntVector.zero(I).addIndex(1);
    IntVector mirror = lane.lanewise(VectorOperators.XOR, width - 1);
    VectorMask<Integer> upper =
        lane.lanewise(VectorOperators.AND, width / 2).compare(VectorOperators.NE, 0);
    int j = SIZE - LANES;
    for (int i = 0; i < j; i += LANES, j -= LANES) {
      IntVector a = IntVector.fromArray(I, keys, i);
      IntVector b = IntVector.fromArray(I, keys, j);
      IntVector toA = mirror.selectFrom(b);
      IntVector toB = mirror.selectFrom(a);
      a.min(toA).blend(a.max(toA), upper).intoArray(keys, i);
      b.min(toB).blend(b.max(toB), upper).intoArray(keys, j);
    }
  }

  private static void cleanLanes(int[] keys, int distance) {
    IntVector lane = IntVector.zero(I).addIndex(1);
    IntVector partner = lane.lanewise(VectorOperators.XOR, distance);
    VectorMask<Integer> upper =
        lane.lanewise(VectorOperators.AND, distance).compare(VectorOperators.NE, 0);
    for (int i = 0; i < SIZE; i += LANES) {
      IntVector a = IntVector.fromArray(I, keys, i);
      IntVector other = partner.selectFrom(a);
      a.min(other).blend(a.max(other), upper).intoArray(keys, i);
    }
  }

  /** Whether no two keys agree in all but the position. */
  private static boolean writeRanks(int[] keys, int n, int[] ranks) {
    int before = Integer.MAX_VALUE;
    int rank = 0;
    int clash = 0;
    for (int lane = 0; lane < LANES; lane++) {
      for (int i = lane; i < SIZE; i += LANES) {
        int key = keys[i];
        if (++rank > n) {
          return clash >= 0;
        }
        // Negative exactly where the two keys differ in their position alone.
        clash |= (key ^ before) - SIZE;
        before = key;
        ranks[key & (SIZE - 1)] = rank;
      }
    }
    return clash >= 0;
  }
}
