package io.solvegrad.rambo.kernel;

import io.solvegrad.ranking.ExponentialKernel;
import io.solvegrad.ranking.ScalarExponentials;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponentials on the Vector API, with the bits of {@link ScalarExponentials}: the same operations
 * in the same order on every element, and partial sums that do not know how long a vector is.
 */
final class VectorExponentials implements ExponentialKernel {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> D = VectorSpecies.of(double.class, F.vectorShape());

  /** As many floats as there are doubles in a vector. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(F.vectorBitSize() / 2));

  private static final int WIDTH = F.length();
  private static final int DOUBLES = D.length();
  // A whole number of vectors and of rounds of partial sums.
  private static final int BLOCK = Math.max(WIDTH, LANES);

  private static final float C7 = (float) ScalarExponentials.coefficient(7);
  private static final float C6 = (float) ScalarExponentials.coefficient(6);
  private static final float C5 = (float) ScalarExponentials.coefficient(5);
  private static final float C4 = (float) ScalarExponentials.coefficient(4);
  private static final float C3 = (float) ScalarExponentials.coefficient(3);
  private static final double D13 = ScalarExponentials.coefficient(13);
  private static final double D12 = ScalarExponentials.coefficient(12);
  private static final double D11 = ScalarExponentials.coefficient(11);
  private static final double D10 = ScalarExponentials.coefficient(10);
  private static final double D9 = ScalarExponentials.coefficient(9);
  private static final double D8 = ScalarExponentials.coefficient(8);
  private static final double D7 = ScalarExponentials.coefficient(7);
  private static final double D6 = ScalarExponentials.coefficient(6);
  private static final double D5 = ScalarExponentials.coefficient(5);
  private static final double D4 = ScalarExponentials.coefficient(4);
  private static final double D3 = ScalarExponentials.coefficient(3);

  private final ScalarExponentials reference = new ScalarExponentials();

  /** Whether vectors are long enough to be halved, and no longer than the partial sums. */
  static boolean suits() {
    return F.vectorBitSize() >= 128 && DOUBLES <= LANES;
  }

  @Override
  public void exp(double[] values, int n) {
    int i = 0;
    for (; i + DOUBLES <= n; i += DOUBLES) {
      exp(DoubleVector.fromArray(D, values, i)).intoArray(values, i);
    }
    for (; i < n; i++) {
      values[i] = ScalarExponentials.exp(values[i]);
    }
  }

  // In several small methods: one alone would be too large to be inlined, and vectors would become
  // objects.
  private static DoubleVector exp(DoubleVector x) {
    DoubleVector inverse = DoubleVector.broadcast(D, ScalarExponentials.INVERSE_LN2);
    DoubleVector rounded =
        x.fma(inverse, DoubleVector.broadcast(D, ScalarExponentials.ROUND_DOUBLE));
    DoubleVector r = remainder(x, rounded.sub(ScalarExponentials.ROUND_DOUBLE));
    DoubleVector e = lowerTerms(r, upperTerms(r)).mul(power(rounded));
    return e.blend(0.0, x.compare(VectorOperators.LT, ScalarExponentials.LEAST_DOUBLE))
        .blend(
            Double.POSITIVE_INFINITY,
            x.compare(VectorOperators.GT, ScalarExponentials.LARGEST_DOUBLE));
  }

  private static DoubleVector remainder(DoubleVector x, DoubleVector m) {
    DoubleVector near = m.fma(DoubleVector.broadcast(D, -ScalarExponentials.HIGH_DOUBLE), x);
    return m.fma(DoubleVector.broadcast(D, -ScalarExponentials.LOW_DOUBLE), near);
  }

  private static DoubleVector power(DoubleVector rounded) {
    LongVector bits = rounded.reinterpretAsLongs().add(1023).lanewise(VectorOperators.LSHL, 52);
    return bits.reinterpretAsDoubles();
  }

  private static DoubleVector upperTerms(DoubleVector r) {
    DoubleVector p = DoubleVector.broadcast(D, D13).fma(r, DoubleVector.broadcast(D, D12));
    p = p.fma(r, DoubleVector.broadcast(D, D11)).fma(r, DoubleVector.broadcast(D, D10));
    return p.fma(r, DoubleVector.broadcast(D, D9)).fma(r, DoubleVector.broadcast(D, D8));
  }

  private static DoubleVector lowerTerms(DoubleVector r, DoubleVector upper) {
    DoubleVector one = DoubleVector.broadcast(D, 1);
    DoubleVector p = upper.fma(r, DoubleVector.broadcast(D, D7));
    p = p.fma(r, DoubleVector.broadcast(D, D6)).fma(r, DoubleVector.broadcast(D, D5));
    p = p.fma(r, DoubleVector.broadcast(D, D4)).fma(r, DoubleVector.broadcast(D, D3));
    return p.fma(r, DoubleVector.broadcast(D, 0.5)).fma(r, one).fma(r, one);
  }

  @Override
  public float largest(float[] row, int offset, int n) {
    // Four vectors side by side, because each maximum waits for the one before it.
    FloatVector a = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i + 4 * WIDTH <= n; i += 4 * WIDTH) {
      a = a.max(FloatVector.fromArray(F, row, offset + i));
      b = b.max(FloatVector.fromArray(F, row, offset + i + WIDTH));
      c = c.max(FloatVector.fromArray(F, row, offset + i + 2 * WIDTH));
      d = d.max(FloatVector.fromArray(F, row, offset + i + 3 * WIDTH));
    }
    float result = a.max(b).max(c.max(d)).reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      result = Math.max(result, row[offset + i]);
    }
    return result;
  }

  /**
   * The last few elements, which fill no block of partial sums, go through a block of their own.
   */
  @Override
  public void expSums(
      float[] row, double[] labels, int offset, int n, float shift, float[] result, double[] sums) {
    int end = n - n % BLOCK;
    for (int i = 0; i < end; i += WIDTH) {
      exp(FloatVector.fromArray(F, row, offset + i).sub(shift)).intoArray(result, i);
    }
    for (int lane = 0; lane < LANES; lane += DOUBLES) {
      addSums(row, labels, offset, lane, end, shift, result, sums);
    }
    if (end < n) {
      float[] rest = new float[BLOCK];
      reference.expSums(row, labels, offset + end, n - end, shift, rest, sums);
      System.arraycopy(rest, 0, result, end, n - end);
    }
  }

  private static FloatVector exp(FloatVector x) {
    FloatVector inverse = FloatVector.broadcast(F, (float) ScalarExponentials.INVERSE_LN2);
    FloatVector rounded = x.fma(inverse, FloatVector.broadcast(F, ScalarExponentials.ROUND));
    FloatVector m = rounded.sub(ScalarExponentials.ROUND);
    FloatVector r =
        m.fma(
            FloatVector.broadcast(F, -ScalarExponentials.LOW),
            m.fma(FloatVector.broadcast(F, -ScalarExponentials.HIGH), x));
    FloatVector one = FloatVector.broadcast(F, 1);
    FloatVector p = FloatVector.broadcast(F, C7).fma(r, FloatVector.broadcast(F, C6));
    p = p.fma(r, FloatVector.broadcast(F, C5)).fma(r, FloatVector.broadcast(F, C4));
    p = p.fma(r, FloatVector.broadcast(F, C3)).fma(r, FloatVector.broadcast(F, 0.5f));
    p = p.fma(r, one).fma(r, one);
    IntVector power = rounded.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
    return p.mul(power.reinterpretAsFloats())
        .blend(0f, x.compare(VectorOperators.LT, ScalarExponentials.LEAST));
  }

  /** The elements that belong to one vector of partial sums. */
  private static void addSums(
      float[] row,
      double[] labels,
      int offset,
      int lane,
      int end,
      float shift,
      float[] result,
      double[] sums) {
    DoubleVector partition = DoubleVector.fromArray(D, sums, lane);
    DoubleVector mass = DoubleVector.fromArray(D, sums, LANES + lane);
    DoubleVector inner = DoubleVector.fromArray(D, sums, 2 * LANES + lane);
    for (int i = lane; i < end; i += LANES) {
      DoubleVector label = DoubleVector.fromArray(D, labels, offset + i);
      partition = partition.add(widen(result, i));
      mass = mass.add(label);
      inner = label.fma(widen(row, offset + i).sub(shift), inner);
    }
    partition.intoArray(sums, lane);
    mass.intoArray(sums, LANES + lane);
    inner.intoArray(sums, 2 * LANES + lane);
  }

  private static DoubleVector widen(float[] array, int at) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, array, at).convertShape(VectorOperators.F2D, D, 0);
  }

  @Override
  public int addDifferences(
      float[] values,
      double scale,
      double[] labels,
      double labelScale,
      float[] row,
      int offset,
      int n) {
    DoubleVector less = DoubleVector.broadcast(D, -labelScale);
    int changed = 0;
    int i = 0;
    for (; i + DOUBLES <= n; i += DOUBLES) {
      DoubleVector label = DoubleVector.fromArray(D, labels, offset + i);
      DoubleVector difference = label.fma(less, widen(values, i).mul(scale));
      FloatVector summand = (FloatVector) difference.convertShape(VectorOperators.D2F, HALF, 0);
      FloatVector.fromArray(HALF, row, offset + i).add(summand).intoArray(row, offset + i);
      changed += summand.compare(VectorOperators.NE, 0f).trueCount();
    }
    for (; i < n; i++) {
      float summand = (float) Math.fma(labels[offset + i], -labelScale, scale * values[i]);
      row[offset + i] += summand;
      changed += summand == 0 ? 0 : 1;
    }
    return changed;
  }
}
