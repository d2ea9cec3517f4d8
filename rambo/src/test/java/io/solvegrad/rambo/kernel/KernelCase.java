package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.ScalarRankKernel;
import io.solvegrad.ranking.ScoreArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One row with its movers, and what the scalar reference makes of it. Floats are kept as bits, so
 * that a file gives back exactly what failed.
 *
 * @param scores bits of the row, without NaN
 * @param positions of the targets, ascending
 * @param targetScores bits of the scores of the targets
 * @param moved bits of their new scores
 * @param gradient bits of what the gradient is added to
 */
record KernelCase(
    int[] scores, int[] positions, int[] targetScores, int[] moved, int[] gradient, double lambda) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static KernelCase of(
      float[] scores, int[] positions, float[] targetScores, float[] moved, double lambda) {
    int[] gradient = new int[scores.length];
    for (int i = 0; i < gradient.length; i++) {
      // Negative zero among them: it must survive where nothing is added.
      gradient[i] = Float.floatToRawIntBits(i % 3 == 0 ? -0f : i % 3 == 1 ? 0f : 0.1f * i);
    }
    return new KernelCase(
        bits(scores), positions, bits(targetScores), bits(moved), gradient, lambda);
  }

  static KernelCase read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), KernelCase.class);
  }

  /** Compares a kernel with the reference; a case that fails is written out. */
  void check(String name, RankKernel kernel) {
    try {
      compareRanks(kernel);
      compareTargets(kernel);
    } catch (AssertionError | RuntimeException failure) {
      fail("%s differs on %s".formatted(name, write()), failure);
    }
  }

  private Path write() {
    Path file =
        Path.of("target", "failed-kernel-case-%08x.json".formatted(Arrays.hashCode(scores)));
    try {
      Files.createDirectories(file.getParent());
      JSON.writeValue(file.toFile(), this);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
    return file.toAbsolutePath();
  }

  private void compareRanks(RankKernel kernel) {
    int n = scores.length;
    // A row in the middle of a longer array: nothing outside may be read as part of it.
    float[] padded = new float[n + 7];
    Arrays.fill(padded, 1e30f);
    System.arraycopy(floats(scores), 0, padded, 3, n);
    int[] expected = new int[n];
    int[] actual = new int[n];
    new ScalarRankKernel().ranks(ScoreArray.of(padded), 3, n, expected);
    kernel.ranks(ScoreArray.of(padded), 3, n, actual);
    same("ranks", expected, actual);
    assertEquals(-1, kernel.firstNaN(ScoreArray.of(padded), 3, n), "firstNaN without any");
    if (n > 0) {
      int nan = Math.floorMod(Arrays.hashCode(scores), n);
      padded[3 + nan] = Float.NaN;
      padded[3 + n - 1] = Float.NaN;
      assertEquals(nan, kernel.firstNaN(ScoreArray.of(padded), 3, n), "firstNaN");
    }
  }

  private void compareTargets(RankKernel kernel) {
    int p = positions.length;
    int[][] ranks = new int[2][p];
    int[][] among = new int[2][p];
    int[] changed = new int[2];
    float[][] gradients = {floats(gradient), floats(gradient)};
    RankKernel[] kernels = {new ScalarRankKernel(), kernel};
    for (int v = 0; v < 2; v++) {
      float[] row = floats(scores);
      CandidateList list =
          CandidateList.of(
              ScoreArray.of(row), positions, doubles(targetScores), ScoreArray.of(gradients[v]));
      kernels[v].targetRanks(list, ranks[v], among[v]);
      changed[v] = kernels[v].addRankChange(list, doubles(moved), lambda);
      same("scores after", scores, bits(row));
    }
    same("ranks of targets", ranks[0], ranks[1]);
    same("ranks among targets", among[0], among[1]);
    same("gradient", bits(gradients[0]), bits(gradients[1]));
    assertEquals(changed[0], changed[1], "number of changes");
  }

  private static void same(String what, int[] expected, int[] actual) {
    int i = Arrays.mismatch(expected, actual);
    if (i >= 0) {
      fail("%s: %d instead of %d at %d".formatted(what, actual[i], expected[i], i));
    }
  }

  static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static float[] floats(int[] bits) {
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    return values;
  }

  private static double[] doubles(int[] bits) {
    double[] values = new double[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    return values;
  }
}
