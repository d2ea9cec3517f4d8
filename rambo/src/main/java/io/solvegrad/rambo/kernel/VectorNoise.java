package io.solvegrad.rambo.kernel;

import io.solvegrad.ranking.NoiseKernel;
import io.solvegrad.ranking.PerturbedLoss.Noise;
import io.solvegrad.ranking.ScalarNoise;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Noise on the Vector API, with the bits of {@link ScalarNoise}: the same operations in the same
 * order on every element.
 */
final class VectorNoise implements NoiseKernel {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
  private static final int WIDTH = F.length();

  // Constants of their own: elements of an array would be loaded for every vector.
  private static final List<Float> G = ScalarNoise.coefficients(Noise.GAUSSIAN);
  private static final float G0 = G.get(0);
  private static final float G1 = G.get(1);
  private static final float G2 = G.get(2);
  private static final float G3 = G.get(3);
  private static final float G4 = G.get(4);
  private static final float G5 = G.get(5);
  private static final float G6 = G.get(6);
  private static final List<Float> L = ScalarNoise.coefficients(Noise.GUMBEL);
  private static final float L0 = L.get(0);
  private static final float L1 = L.get(1);
  private static final float L2 = L.get(2);
  private static final float L3 = L.get(3);
  private static final float L4 = L.get(4);
  private static final float L5 = L.get(5);
  private static final float L6 = L.get(6);
  private static final float L7 = L.get(7);
  private static final float L8 = L.get(8);
  private static final float L9 = L.get(9);
  private static final float L10 = L.get(10);
  private static final float L11 = L.get(11);
  private static final float L12 = L.get(12);
  private static final float L13 = L.get(13);
  private static final float L14 = L.get(14);

  private final ScalarNoise reference = new ScalarNoise();

  @Override
  public void draw(Noise noise, int firstKey, int secondKey, int place, float[] values, int n) {
    int whole = n - n % WIDTH;
    switch (noise) {
      case GAUSSIAN -> drawGaussian(firstKey, secondKey, place, values, whole);
      case GUMBEL -> drawGumbel(firstKey, secondKey, place, values, whole);
    }
    for (int i = whole; i < n; i++) {
      values[i] = ScalarNoise.number(noise, firstKey, secondKey, place + i);
    }
  }

  private static void drawGaussian(
      int firstKey, int secondKey, int place, float[] values, int end) {
    IntVector at = places(firstKey, place);
    for (int i = 0; i < end; i += WIDTH) {
      gaussian(sum(hash(at.add(i), secondKey))).intoArray(values, i);
    }
  }

  private static void drawGumbel(int firstKey, int secondKey, int place, float[] values, int end) {
    IntVector at = places(firstKey, place);
    for (int i = 0; i < end; i += WIDTH) {
      gumbel(sum(hash(at.add(i), secondKey))).intoArray(values, i);
    }
  }

  @Override
  public void add(
      Noise noise,
      int firstKey,
      int secondKey,
      int place,
      float scale,
      float[] from,
      float[] to,
      int start,
      int end) {
    int whole = end - (end - start) % WIDTH;
    switch (noise) {
      case GAUSSIAN -> addGaussian(firstKey, secondKey, place, scale, from, to, start, whole);
      case GUMBEL -> addGumbel(firstKey, secondKey, place, scale, from, to, start, whole);
    }
    reference.add(noise, firstKey, secondKey, place + whole - start, scale, from, to, whole, end);
  }

  private static void addGaussian(
      int firstKey,
      int secondKey,
      int place,
      float scale,
      float[] from,
      float[] to,
      int start,
      int end) {
    IntVector at = places(firstKey, place - start);
    FloatVector scales = FloatVector.broadcast(F, scale);
    for (int i = start; i < end; i += WIDTH) {
      FloatVector z = gaussian(sum(hash(at.add(i), secondKey)));
      scales.fma(z, FloatVector.fromArray(F, from, i)).intoArray(to, i);
    }
  }

  private static void addGumbel(
      int firstKey,
      int secondKey,
      int place,
      float scale,
      float[] from,
      float[] to,
      int start,
      int end) {
    IntVector at = places(firstKey, place - start);
    FloatVector scales = FloatVector.broadcast(F, scale);
    for (int i = start; i < end; i += WIDTH) {
      FloatVector z = gumbel(sum(hash(at.add(i), secondKey)));
      scales.fma(z, FloatVector.fromArray(F, from, i)).intoArray(to, i);
    }
  }

  /** The keyed places of the elements of a vector that begins at index 0. */
  private static IntVector places(int firstKey, int place) {
    return IntVector.zero(I).addIndex(1).add(firstKey + place);
  }

  private static IntVector hash(IntVector keyed, int secondKey) {
    IntVector a = mixed(keyed, 16).mul(ScalarNoise.FIRST_FACTOR).add(secondKey);
    a = mixed(a, 15).mul(ScalarNoise.SECOND_FACTOR);
    return mixed(a, 16);
  }

  private static IntVector mixed(IntVector a, int shift) {
    return a.lanewise(VectorOperators.XOR, a.lanewise(VectorOperators.LSHR, shift));
  }

  private static FloatVector sum(IntVector bits) {
    IntVector pairs =
        bits.and(ScalarNoise.BYTES)
            .add(bits.lanewise(VectorOperators.LSHR, 8).and(ScalarNoise.BYTES));
    IntVector bytes = pairs.and(ScalarNoise.HALF).add(pairs.lanewise(VectorOperators.LSHR, 16));
    IntVector fraction =
        bits.mul(ScalarNoise.FRACTION_FACTOR)
            .lanewise(VectorOperators.LSHR, Integer.SIZE - ScalarNoise.FRACTION_BITS);
    IntVector whole = bytes.lanewise(VectorOperators.LSHL, ScalarNoise.FRACTION_BITS).or(fraction);
    FloatVector sum = (FloatVector) whole.convert(VectorOperators.I2F, 0);
    return sum.fma(
        FloatVector.broadcast(F, ScalarNoise.UNIT), FloatVector.broadcast(F, -ScalarNoise.MEAN));
  }

  private static FloatVector gaussian(FloatVector s) {
    FloatVector t = s.mul(s);
    FloatVector p = FloatVector.broadcast(F, G6).fma(t, FloatVector.broadcast(F, G5));
    p = p.fma(t, FloatVector.broadcast(F, G4)).fma(t, FloatVector.broadcast(F, G3));
    p = p.fma(t, FloatVector.broadcast(F, G2)).fma(t, FloatVector.broadcast(F, G1));
    return s.mul(p.fma(t, FloatVector.broadcast(F, G0)));
  }

  // In two methods: one alone would be too large to be inlined, and vectors would become objects.
  private static FloatVector gumbel(FloatVector s) {
    FloatVector p = upperTerms(s);
    p = p.fma(s, FloatVector.broadcast(F, L7)).fma(s, FloatVector.broadcast(F, L6));
    p = p.fma(s, FloatVector.broadcast(F, L5)).fma(s, FloatVector.broadcast(F, L4));
    p = p.fma(s, FloatVector.broadcast(F, L3)).fma(s, FloatVector.broadcast(F, L2));
    return p.fma(s, FloatVector.broadcast(F, L1)).fma(s, FloatVector.broadcast(F, L0));
  }

  private static FloatVector upperTerms(FloatVector s) {
    FloatVector p = FloatVector.broadcast(F, L14).fma(s, FloatVector.broadcast(F, L13));
    p = p.fma(s, FloatVector.broadcast(F, L12)).fma(s, FloatVector.broadcast(F, L11));
    p = p.fma(s, FloatVector.broadcast(F, L10)).fma(s, FloatVector.broadcast(F, L9));
    return p.fma(s, FloatVector.broadcast(F, L8));
  }
}
