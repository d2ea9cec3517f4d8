package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.ScalarRankKernel;
import io.solvegrad.ranking.ScoreArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
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
        for (int targets : new int[] {0, 1, 2, 4, 5, 16, 17, 32, 33, 64, 65, n / 8, n / 2, n}) {
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
        for (int targets : new int[] {1, 4, 16, 64, 100, n / 100, n / 9}) {
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
  void agreesOnTargetsOfLongRowsOnAnyNumberOfThreads() {
    Random random = new Random(6);
    KernelCases.Move[] moves = KernelCases.Move.values();
    for (KernelCases.Pattern pattern : KernelCases.Pattern.values()) {
      int n = (1 << 18) + random.nextInt(3000);
      float[] row = KernelCases.row(pattern, n, random);
      for (int targets : new int[] {4, 40, 3000}) {
        RankKernel several = MODE.newKernel(2 + random.nextInt(7));
        KernelCases.Move move = moves[random.nextInt(moves.length)];
        KernelCases.of(row, targets, move, random).check(MODE.toString(), several);
      }
    }
  }

  /**
   * Where targets and their equals stand on both sides of where one thread gives way to another.
   */
  @Example
  void agreesAroundTheEndsOfStretches() {
    Random random = new Random(7);
    int n = (1 << 18) + 5;
    float[] row = KernelCases.row(KernelCases.Pattern.FEW_VALUES, n, random);
    for (int threads : new int[] {2, 3, 8}) {
      Row split = new Row();
      split.length = n;
      split.stretches = threads;
      int[] positions =
          IntStream.range(1, threads)
              .flatMap(s -> IntStream.rangeClosed(split.start(s) - 2, split.start(s) + 1))
              .toArray();
      float[] before = new float[positions.length];
      float[] after = new float[positions.length];
      for (int k = 0; k < before.length; k++) {
        before[k] = row[positions[k]];
        after[k] = random.nextInt(5) - 2;
      }
      KernelCase.of(row, positions, before, after, 0.3)
          .check(MODE.toString(), MODE.newKernel(threads));
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

  /** Every way that the dispatcher knows must be among what this suite runs. */
  @Example
  void dispatcherGoesEveryWayInThisMode() {
    int lanes = MODE == KernelMode.SIMD ? VectorLoops.bits() / Float.SIZE : 1;
    Set<Dispatcher.Ranking> rankings = EnumSet.noneOf(Dispatcher.Ranking.class);
    Set<Dispatcher.Sparse> sparse = EnumSet.noneOf(Dispatcher.Sparse.class);
    for (int n : new int[] {1, 9, 20, 145, 300, 4099, 1 << 18}) {
      rankings.add(Dispatcher.ranking(n, lanes, 2));
      for (int targets : new int[] {1, Math.max(1, n / 100), Math.max(1, n / 2)}) {
        sparse.add(Dispatcher.rankChange(targets, n, lanes));
      }
    }
    Set<Dispatcher.Ranking> expected = EnumSet.allOf(Dispatcher.Ranking.class);
    Set<Dispatcher.Sparse> expectedSparse = EnumSet.allOf(Dispatcher.Sparse.class);
    if (MODE != KernelMode.SIMD) {
      expected.remove(Dispatcher.Ranking.NETWORK);
      expectedSparse.remove(Dispatcher.Sparse.FEW);
    }
    assertEquals(expected, rankings);
    assertEquals(expectedSparse, sparse);
  }

  @Example
  void failingCaseIsWrittenAndCanBeReplayed() throws IOException {
    Random random = new Random(8);
    float[] row = KernelCases.row(KernelCases.Pattern.ANY_BITS, 100, random);
    KernelCase sample = KernelCases.of(row, 7, KernelCases.Move.MIXED, random);
    AssertionError failure =
        assertThrows(AssertionError.class, () -> sample.check("broken", new OffByOne()));
    String message = failure.getMessage();
    Path file = Path.of(message.substring(message.indexOf("differs on ") + 11));
    KernelCase replayed = KernelCase.read(file);
    assertThrows(AssertionError.class, () -> replayed.check("broken", new OffByOne()));
    replayed.check(MODE.toString(), kernel);
    assertArrayEquals(sample.scores(), replayed.scores());
    assertArrayEquals(sample.moved(), replayed.moved());
    Files.delete(file);
  }

  /** The reference, but for the rank of the first score. */
  private static final class OffByOne implements RankKernel {
    private final RankKernel reference = new ScalarRankKernel();

    @Override
    public void ranks(ScoreArray scores, int offset, int n, int[] ranks) {
      reference.ranks(scores, offset, n, ranks);
      ranks[0]++;
    }

    @Override
    public void targetRanks(CandidateList list, int[] ranks, int[] among) {
      reference.targetRanks(list, ranks, among);
    }

    @Override
    public int addRankChange(CandidateList list, double[] moved, double lambda) {
      return reference.addRankChange(list, moved, lambda);
    }

    @Override
    public int firstNaN(ScoreArray scores, int offset, int n) {
      return reference.firstNaN(scores, offset, n);
    }
  }

  @Property(tries = 1500, shrinking = ShrinkingMode.OFF, seed = "1")
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
