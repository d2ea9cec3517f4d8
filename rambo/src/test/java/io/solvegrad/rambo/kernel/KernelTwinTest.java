package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.solvegrad.ranking.RankKernel;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Every kernel that runs in this mode gives the bits of the scalar reference. */
final class KernelTwinTest {
  private static final KernelMode MODE =
      System.getProperty("solvegrad.testMode", "simd").equals("scalar")
          ? KernelMode.PARALLEL
          : KernelMode.SIMD;
  // One for all tests, so that scratch left over from other rows is part of what is tested.
  private final RankKernel kernel = MODE.newKernel(1);

  @Example
  void runsInTheModeItClaims() {
    String mode = System.getProperty("solvegrad.testMode", "simd");
    assertNull(MODE.obstacle(), "this suite must not fall back silently");
    assertEquals(MODE, KernelMode.best());
    if (mode.equals("avx2")) {
      assertEquals("Rank kernel: simd, 256 bits", MODE.describe());
    }
    if (mode.equals("scalar")) {
      assertEquals(false, ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }
  }

  @Example
  void agreesAtEveryShortLength() {
    for (int n = 0; n <= 300; n++) {
      for (KernelCases.Pattern pattern : KernelCases.Pattern.values()) {
        Random random = new Random(31L * n + pattern.ordinal());
        float[] row = KernelCases.row(pattern, n, random);
        KernelCases.Move[] moves = KernelCases.Move.values();
        KernelCases.Move move = moves[random.nextInt(moves.length)];
        for (int targets : new int[] {0, 1, 2, 4, 5, 16, 32, 33, n / 8, n / 2, n}) {
          if (targets <= n) {
            KernelCases.of(row, targets, move, random).check(MODE.toString(), kernel);
          }
        }
      }
    }
  }

  @Example
  void agreesAtAwkwardLengths() {
    int[] lengths = {511, 512, 513, 1021, 2047, 2048, 2049, 4096, 4099, 16_411, 65_537, 100_003};
    for (int n : lengths) {
      Random random = new Random(n);
      KernelCases.Pattern[] patterns = KernelCases.Pattern.values();
      int rows = n < 5000 ? patterns.length : 3;
      for (int r = 0; r < rows; r++) {
        float[] row = KernelCases.row(patterns[(n + r) % patterns.length], n, random);
        for (int targets : new int[] {1, 4, 17, 100, n / 100, n / 9}) {
          KernelCases.Move[] moves = KernelCases.Move.values();
          KernelCases.of(row, targets, moves[random.nextInt(moves.length)], random)
              .check(MODE.toString(), kernel);
        }
      }
    }
  }

  @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
  void agreesOnRandomRows(
      @ForAll long seed,
      @ForAll KernelCases.Pattern pattern,
      @ForAll KernelCases.Move move,
      @ForAll @IntRange(max = 3000) int n) {
    Random random = new Random(seed);
    int targets = random.nextBoolean() ? Math.min(n, random.nextInt(40)) : random.nextInt(n + 1);
    float[] row = KernelCases.row(pattern, n, random);
    KernelCases.of(row, targets, move, random).check(MODE.toString(), kernel);
  }
}
