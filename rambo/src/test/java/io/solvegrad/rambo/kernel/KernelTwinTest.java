package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.ScalarRankKernel;
import io.solvegrad.ranking.ScoreArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
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

  @Example
  void agreesOnAnyNumberOfThreads() {
    Random random = new Random(5);
    for (KernelCases.Pattern pattern : KernelCases.Pattern.values()) {
      int n = (1 << 18) + random.nextInt(1000);
      ScoreArray row = ScoreArray.of(KernelCases.row(pattern, n, random));
      int[] expected = new int[n];
      new ScalarRankKernel().ranks(row, 0, n, expected);
      for (int threads = 1; threads <= 8; threads++) {
        int[] actual = new int[n];
        MODE.newKernel(threads).ranks(row, 0, n, actual);
        assertArrayEquals(expected, actual, "%s on %d threads".formatted(pattern, threads));
      }
    }
  }

  @Example
  @Tag("slow")
  void keepsAllRanksApartInARowOfSixteenMillion() {
    int n = (1 << 24) + 1;
    float[] row = new float[n];
    Random random = new Random(1);
    for (int i = 0; i < n; i++) {
      row[i] = random.nextInt(1000);
    }
    int[] ranks = new int[n];
    MODE.newKernel(2).ranks(ScoreArray.of(row), 0, n, ranks);
    BitSet seen = new BitSet(n + 1);
    for (int rank : ranks) {
      seen.set(rank);
    }
    assertEquals(n, seen.cardinality());
    assertEquals(1, seen.nextSetBit(0));
    assertEquals(n, seen.previousSetBit(n + 1));
  }

  /** Replays -Dsolvegrad.replay=FILE, as written where a case fails; without it, nothing. */
  @Example
  void agreesOnTheReplayedCase() throws IOException {
    String file = System.getProperty("solvegrad.replay");
    if (file != null) {
      KernelCase.read(Path.of(file)).check(MODE.toString(), kernel);
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
