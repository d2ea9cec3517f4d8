package io.solvegrad.rambo.kernel;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Makes rows and moves of every awkward kind from a seed. */
final class KernelCases {

  /** What the scores of a row look like. */
  enum Pattern {
    NORMAL,
    FEW_VALUES,
    CONSTANT,
    RISING,
    FALLING,
    ZEROS_OF_BOTH_SIGNS,
    INFINITIES,
    SUBNORMAL,
    HEAVY_TAILS,
    ANY_BITS,
    EXTREMES
  }

  /** How the targets move. */
  enum Move {
    UP,
    DOWN,
    MIXED,
    NONE,
    ONTO_OTHERS,
    OVERFLOW
  }

  private KernelCases() {}

  static float[] row(Pattern pattern, int n, RandomGenerator random) {
    float[] row = new float[n];
    for (int i = 0; i < n; i++) {
      row[i] = score(pattern, i, random);
    }
    return row;
  }

  private static float score(Pattern pattern, int i, RandomGenerator random) {
    return switch (pattern) {
      case NORMAL -> (float) random.nextGaussian();
      case FEW_VALUES -> random.nextInt(5) - 2;
      case CONSTANT -> 0.25f;
      case RISING -> i * 0.5f;
      case FALLING -> -i * 0.5f;
      case ZEROS_OF_BOTH_SIGNS -> random.nextBoolean() ? 0f : -0f;
      case INFINITIES -> infinite(random);
      case SUBNORMAL -> Float.intBitsToFloat(random.nextInt(50)) * (random.nextBoolean() ? 1 : -1);
      case HEAVY_TAILS -> (float) Math.pow(random.nextGaussian(), 21);
      case ANY_BITS -> anyNumber(random);
      case EXTREMES ->
          new float[] {
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                Float.MIN_VALUE,
                -Float.MIN_VALUE,
                Float.MIN_NORMAL,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                1f,
                Math.nextUp(1f),
                -0f
              }
              [random.nextInt(10)];
    };
  }

  private static float infinite(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> Float.POSITIVE_INFINITY;
      case 1 -> Float.NEGATIVE_INFINITY;
      default -> (float) random.nextGaussian();
    };
  }

  private static float anyNumber(RandomGenerator random) {
    float number = Float.intBitsToFloat(random.nextInt());
    return Float.isNaN(number) ? 0 : number;
  }

  /** Targets at random positions, some of them with a score that is not the one in the row. */
  static KernelCase of(float[] row, int targets, Move move, RandomGenerator random) {
    int n = row.length;
    int[] positions = distinct(n, targets, random);
    float[] before = new float[targets];
    float[] after = new float[targets];
    float margin = random.nextBoolean() ? 0 : random.nextFloat();
    for (int k = 0; k < targets; k++) {
      before[k] = row[positions[k]] - margin;
      after[k] = moved(before[k], move, row, random);
    }
    double[] lambdas = {1, 0.3, 200, 1e-30, 1e30, 1e-320, 1e300};
    return KernelCase.of(row, positions, before, after, lambdas[random.nextInt(lambdas.length)]);
  }

  private static float moved(float score, Move move, float[] row, RandomGenerator random) {
    float step = Math.abs((float) random.nextGaussian());
    float result =
        switch (move) {
          case UP -> score + step;
          case DOWN -> score - step;
          case MIXED -> random.nextInt(4) == 0 ? score : score + (float) random.nextGaussian();
          case NONE -> score;
          case ONTO_OTHERS -> row[random.nextInt(row.length)];
          case OVERFLOW -> random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
        };
    return Float.isNaN(result) ? score : result;
  }

  private static int[] distinct(int n, int count, RandomGenerator random) {
    if (count >= n / 4) {
      int[] all = new int[n];
      for (int i = 0; i < n; i++) {
        all[i] = i;
        int j = random.nextInt(i + 1);
        all[i] = all[j];
        all[j] = i;
      }
      int[] some = Arrays.copyOf(all, count);
      Arrays.sort(some);
      return some;
    }
    return random.ints(0, n).distinct().limit(count).sorted().toArray();
  }
}
