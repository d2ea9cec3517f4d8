package io.solvegrad.rambo.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops on the Vector API. Small leaf methods, scalars and arrays in, arrays out: vectors that
 * live across nested loops or calls end up as objects, at ten times the cost.
 */
final class VectorLoops implements SweepLoops {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
  private static final int LANES = F.length();
  // Two vectors at a time share the loads of thresholds and counters.
  private static final int BLOCK = 2 * LANES;
  private static final VectorOperators.Comparison GE = VectorOperators.GE;
  private static final VectorOperators.Comparison EQ = VectorOperators.EQ;
  private static final VectorOperators.Comparison LT = VectorOperators.LT;

  private final TreeSweep tree = new TreeSweep();
  private final CountedRanks counted = new CountedRanks();
  private final SortingNetwork network = new SortingNetwork();

  static int bits() {
    return F.vectorBitSize();
  }

  @Override
  public int blockSize() {
    return BLOCK;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public int firstNaN(float[] y, int begin, int end) {
    int i = begin;
    int step = 4 * LANES;
    while (i <= end - step) {
      i = firstNotFinite(y, i, end, step);
      if (i <= end - step) {
        int found = PlainLoops.searchNaN(y, i, i + step);
        if (found >= 0) {
          return found;
        }
        i += step;
      }
    }
    return PlainLoops.searchNaN(y, i, end);
  }

  /** The first group with a NaN or an infinity, or where less than a group is left. */
  private static int firstNotFinite(float[] y, int begin, int end, int step) {
    int i = begin;
    for (; i <= end - step; i += step) {
      FloatVector a = FloatVector.fromArray(F, y, i).mul(0f);
      FloatVector b = FloatVector.fromArray(F, y, i + LANES).mul(0f);
      FloatVector c = FloatVector.fromArray(F, y, i + 2 * LANES).mul(0f);
      FloatVector d = FloatVector.fromArray(F, y, i + 3 * LANES).mul(0f);
      if (a.add(b).add(c.add(d)).compare(VectorOperators.NE, 0f).anyTrue()) {
        return i;
      }
    }
    return i;
  }

  @Override
  public void countRanks(float[] y, int begin, int n, int[] ranks) {
    counted.rank(y, begin, n, ranks);
  }

  @Override
  public boolean networkRanks(float[] y, int begin, int n, int[] ranks) {
    return network.rank(y, begin, n, ranks);
  }

  @Override
  public void countNotBelow(
      float[] y, int begin, int end, float[] thresholds, int[] counts, int m) {
    for (int k = 0; k < m; k += 4) {
      countFour(y, begin, end, thresholds, counts, k);
    }
  }

  private static void countFour(
      float[] y, int begin, int end, float[] thresholds, int[] counts, int k) {
    FloatVector t0 = FloatVector.broadcast(F, thresholds[k]);
    FloatVector t1 = FloatVector.broadcast(F, thresholds[k + 1]);
    FloatVector t2 = FloatVector.broadcast(F, thresholds[k + 2]);
    FloatVector t3 = FloatVector.broadcast(F, thresholds[k + 3]);
    // Counters by lane: adding a mask up in every step would take longer than the comparison.
    IntVector c0 = IntVector.zero(I);
    IntVector c1 = c0;
    IntVector c2 = c0;
    IntVector c3 = c0;
    for (int i = begin; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(F, y, i);
      c0 = c0.add(1, v.compare(GE, t0).cast(I));
      c1 = c1.add(1, v.compare(GE, t1).cast(I));
      c2 = c2.add(1, v.compare(GE, t2).cast(I));
      c3 = c3.add(1, v.compare(GE, t3).cast(I));
    }
    counts[k] += c0.reduceLanes(VectorOperators.ADD);
    counts[k + 1] += c1.reduceLanes(VectorOperators.ADD);
    counts[k + 2] += c2.reduceLanes(VectorOperators.ADD);
    counts[k + 3] += c3.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void prepare(Movers movers, FullRanks fullRanks) {
    if (movers.moving > 4 && movers.moving <= Dispatcher.mostInTree(LANES)) {
      movers.plant(fullRanks);
    } else {
      movers.tabulate();
    }
  }

  @Override
  public void sweep(float[] y, int begin, int end, float[] gradient, int shift, Movers movers) {
    if (movers.moving == 1) {
      movers.changed += sweepOne(y, begin, end, gradient, shift, movers);
    } else if (movers.planted()) {
      tree.sweep(y, begin, end, gradient, shift, movers);
    } else if (movers.count == 4) {
      sweepFour(y, begin, end, gradient, shift, movers);
    } else {
      movers.changed += sweepMany(y, begin, end, gradient, shift, movers);
    }
  }

  @Override
  public void finish(Movers movers) {
    if (movers.planted()) {
      tree.finish(movers);
    } else {
      movers.addLanes();
    }
  }

  private static int sweepOne(
      float[] y, int begin, int end, float[] gradient, int shift, Movers movers) {
    FloatVector lo = FloatVector.broadcast(F, movers.lo[0]);
    FloatVector hi = FloatVector.broadcast(F, movers.hi[0]);
    FloatVector summand = FloatVector.broadcast(F, movers.summand(movers.sign[0]));
    int passed = 0;
    for (int i = begin; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(F, y, i);
      VectorMask<Float> m = v.compare(LT, hi, v.compare(GE, lo));
      passed += m.trueCount();
      FloatVector g = FloatVector.fromArray(F, gradient, i + shift);
      g.add(summand, m).intoArray(gradient, i + shift);
    }
    movers.passed[0] += passed;
    return passed;
  }

  private static void sweepFour(
      float[] y, int begin, int end, float[] gradient, int shift, Movers movers) {
    FloatVector lo0 = FloatVector.broadcast(F, movers.lo[0]);
    FloatVector lo1 = FloatVector.broadcast(F, movers.lo[1]);
    FloatVector lo2 = FloatVector.broadcast(F, movers.lo[2]);
    FloatVector lo3 = FloatVector.broadcast(F, movers.lo[3]);
    FloatVector hi0 = FloatVector.broadcast(F, movers.hi[0]);
    FloatVector hi1 = FloatVector.broadcast(F, movers.hi[1]);
    FloatVector hi2 = FloatVector.broadcast(F, movers.hi[2]);
    FloatVector hi3 = FloatVector.broadcast(F, movers.hi[3]);
    IntVector s0 = IntVector.broadcast(I, movers.sign[0]);
    IntVector s1 = IntVector.broadcast(I, movers.sign[1]);
    IntVector s2 = IntVector.broadcast(I, movers.sign[2]);
    IntVector s3 = IntVector.broadcast(I, movers.sign[3]);
    IntVector zero = IntVector.zero(I);
    IntVector table = IntVector.fromArray(I, movers.table, 0);
    int[] lanes = movers.lanes;
    IntVector c0 = IntVector.fromArray(I, lanes, 0);
    IntVector c1 = IntVector.fromArray(I, lanes, LANES);
    IntVector c2 = IntVector.fromArray(I, lanes, 2 * LANES);
    IntVector c3 = IntVector.fromArray(I, lanes, 3 * LANES);
    IntVector changed = IntVector.fromArray(I, lanes, 4 * LANES);
    for (int i = begin; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(F, y, i);
      VectorMask<Integer> m0 = v.compare(LT, hi0, v.compare(GE, lo0)).cast(I);
      VectorMask<Integer> m1 = v.compare(LT, hi1, v.compare(GE, lo1)).cast(I);
      VectorMask<Integer> m2 = v.compare(LT, hi2, v.compare(GE, lo2)).cast(I);
      VectorMask<Integer> m3 = v.compare(LT, hi3, v.compare(GE, lo3)).cast(I);
      c0 = c0.add(1, m0);
      c1 = c1.add(1, m1);
      c2 = c2.add(1, m2);
      c3 = c3.add(1, m3);
      IntVector change = zero.add(s0, m0).add(s1, m1).add(zero.add(s2, m2).add(s3, m3));
      changed = changed.add(1, change.compare(VectorOperators.NE, 0));
      FloatVector summand = change.selectFrom(table).reinterpretAsFloats();
      FloatVector.fromArray(F, gradient, i + shift).add(summand).intoArray(gradient, i + shift);
    }
    c0.intoArray(lanes, 0);
    c1.intoArray(lanes, LANES);
    c2.intoArray(lanes, 2 * LANES);
    c3.intoArray(lanes, 3 * LANES);
    changed.intoArray(lanes, 4 * LANES);
  }

  private static int sweepMany(
      float[] y, int begin, int end, float[] gradient, int shift, Movers movers) {
    int[] lookUp = movers.lookUp;
    float[] lo = movers.lo;
    float[] hi = movers.hi;
    int[] sign = movers.sign;
    int[] passed = movers.passed;
    int count = movers.count;
    float[] table = movers.summands;
    int tableMask = movers.tableMask;
    int changed = 0;
    for (int i = begin; i < end; i += BLOCK) {
      FloatVector v = FloatVector.fromArray(F, y, i);
      FloatVector w = FloatVector.fromArray(F, y, i + LANES);
      IntVector a = IntVector.zero(I);
      IntVector b = a;
      for (int j = 0; j < count; j += 2) {
        VectorMask<Integer> m0 = v.compare(LT, hi[j], v.compare(GE, lo[j])).cast(I);
        VectorMask<Integer> n0 = w.compare(LT, hi[j], w.compare(GE, lo[j])).cast(I);
        VectorMask<Integer> m1 = v.compare(LT, hi[j + 1], v.compare(GE, lo[j + 1])).cast(I);
        VectorMask<Integer> n1 = w.compare(LT, hi[j + 1], w.compare(GE, lo[j + 1])).cast(I);
        a = a.add(sign[j], m0).add(sign[j + 1], m1);
        b = b.add(sign[j], n0).add(sign[j + 1], n1);
        passed[j] += m0.trueCount() + n0.trueCount();
        passed[j + 1] += m1.trueCount() + n1.trueCount();
      }
      changed += a.compare(VectorOperators.NE, 0).trueCount();
      changed += b.compare(VectorOperators.NE, 0).trueCount();
      a.lanewise(VectorOperators.AND, tableMask).intoArray(lookUp, 0);
      b.lanewise(VectorOperators.AND, tableMask).intoArray(lookUp, LANES);
      FloatVector first = FloatVector.fromArray(F, table, 0, lookUp, 0);
      FloatVector second = FloatVector.fromArray(F, table, 0, lookUp, LANES);
      int at = i + shift;
      FloatVector.fromArray(F, gradient, at).add(first).intoArray(gradient, at);
      FloatVector.fromArray(F, gradient, at + LANES).add(second).intoArray(gradient, at + LANES);
    }
    return changed;
  }

  @Override
  public int countEqual(float[] y, int begin, int end, float a, float b) {
    return end - begin == 2 * BLOCK ? equalInFour(y, begin, a, b) : equal(y, begin, end, a, b);
  }

  /** Without a loop, whose way in and out takes longer than four vectors. */
  private static int equalInFour(float[] y, int begin, float a, float b) {
    return Long.bitCount(equalLanes(y, begin, a) | equalLanes(y, begin + BLOCK, a) << BLOCK)
        + Long.bitCount(equalLanes(y, begin, b) | equalLanes(y, begin + BLOCK, b) << BLOCK);
  }

  private static long equalLanes(float[] y, int begin, float a) {
    return FloatVector.fromArray(F, y, begin).compare(EQ, a).toLong()
        | FloatVector.fromArray(F, y, begin + LANES).compare(EQ, a).toLong() << LANES;
  }

  private static int equal(float[] y, int begin, int end, float a, float b) {
    FloatVector first = FloatVector.broadcast(F, a);
    FloatVector second = FloatVector.broadcast(F, b);
    // Masks are not joined: counting both is faster.
    IntVector ones = IntVector.zero(I);
    IntVector others = ones;
    for (int i = begin; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(F, y, i);
      ones = ones.add(1, v.compare(EQ, first).cast(I));
      others = others.add(1, v.compare(EQ, second).cast(I));
    }
    return ones.add(others).reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void buckets(float[] y, int begin, int end, Scale scale, int[] buckets) {
    int whole = begin + ((end - begin) & -LANES);
    bucketsOfWhole(y, begin, whole, scale.top, scale.factor, scale.last, buckets);
    for (int i = whole; i < end; i++) {
      buckets[i - begin] = scale.bucket(y[i]);
    }
  }

  private static void bucketsOfWhole(
      float[] y, int begin, int end, float top, float factor, int last, int[] buckets) {
    FloatVector tops = FloatVector.broadcast(F, top);
    for (int i = begin; i < end; i += LANES) {
      FloatVector scaled = tops.sub(FloatVector.fromArray(F, y, i)).mul(factor);
      ((IntVector) scaled.convert(VectorOperators.F2I, 0))
          .max(0)
          .min(last)
          .intoArray(buckets, i - begin);
    }
  }

  @Override
  public void addLookedUp(float[] gradient, int begin, int count, int[] buckets, float[] values) {
    int whole = LANES < 8 ? 0 : count & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector summand = FloatVector.fromArray(F, values, 0, buckets, i);
      FloatVector.fromArray(F, gradient, begin + i).add(summand).intoArray(gradient, begin + i);
    }
    for (int i = whole; i < count; i++) {
      gradient[begin + i] += values[buckets[i]];
    }
  }
}
