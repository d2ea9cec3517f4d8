package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The scalar kernel against counting, which needs no sorting. */
final class ScalarRankKernelTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private final RankKernel kernel = new ScalarRankKernel();

  /** Scores of which many are equal, in either precision. */
  private static ScoreArray scores(SplittableRandom random, int n, boolean doubles) {
    double[] special = {0.0, -0.0, INF, -INF, Double.MIN_VALUE, Float.MIN_VALUE};
    int distinct = 1 + random.nextInt(2 * n + 1);
    ScoreArray scores = doubles ? ScoreArray.of(new double[n]) : ScoreArray.of(new float[n]);
    for (int i = 0; i < n; i++) {
      boolean odd = random.nextInt(5) == 0;
      scores.set(
          i,
          odd
              ? special[random.nextInt(special.length)]
              : random.nextInt(distinct) / (double) distinct - 0.5);
    }
    return scores;
  }

  private static int rank(double[] scores, int i) {
    int rank = 1;
    for (int j = 0; j < scores.length; j++) {
      boolean ahead = scores[j] > scores[i] || (scores[j] == scores[i] && j < i);
      rank += ahead ? 1 : 0;
    }
    return rank;
  }

  @Test
  void ranks_areCounted() {
    SplittableRandom random = new SplittableRandom(51);
    for (int n = 0; n < 150; n++) {
      ScoreArray scores = scores(random, n + 7, n % 2 == 0);
      int[] ranks = new int[n];
      kernel.ranks(scores, 3, n, ranks);
      double[] row = Arrays.copyOfRange(Outcome.values(scores), 3, 3 + n);
      assertArrayEquals(IntStream.range(0, n).map(i -> rank(row, i)).toArray(), ranks);
    }
  }

  @Test
  void ranks_ofSortedRows() {
    int n = 100;
    int[] ranks = new int[n];
    kernel.ranks(ScoreArray.of(IntStream.range(0, n).asDoubleStream().toArray()), 0, n, ranks);
    assertArrayEquals(IntStream.range(0, n).map(i -> n - i).toArray(), ranks);
    kernel.ranks(ScoreArray.of(new float[n]), 0, n, ranks);
    assertArrayEquals(IntStream.rangeClosed(1, n).toArray(), ranks);
  }

  /** A random list whose targets have scores of their own, as under a margin. */
  private static CandidateList list(SplittableRandom random, int n, ScoreArray gradient) {
    ScoreArray scores = scores(random, n, gradient instanceof ScoreArray.Doubles);
    int[] positions = IntStream.range(0, n).filter(i -> random.nextInt(4) == 0).toArray();
    double shift = random.nextBoolean() ? 0 : 0.125;
    double[] targets =
        Arrays.stream(positions).mapToDouble(i -> scores.round(scores.get(i) - shift)).toArray();
    return CandidateList.of(scores, positions, targets, gradient);
  }

  private static double[] all(CandidateList list) {
    double[] all = new double[list.candidates()];
    list.copyScores(all);
    return all;
  }

  @Test
  void targetRanks_areCounted() {
    SplittableRandom random = new SplittableRandom(52);
    for (int n = 1; n < 150; n++) {
      ScoreArray gradient = n % 2 == 0 ? ScoreArray.of(new double[n]) : ScoreArray.of(new float[n]);
      CandidateList list = list(random, n, gradient);
      int[] ranks = new int[list.count()];
      int[] among = new int[list.count()];
      kernel.targetRanks(list, ranks, among);
      double[] scores = all(list);
      double[] targets = Arrays.copyOf(list.targetScores(), list.count());
      for (int k = 0; k < list.count(); k++) {
        assertEquals(rank(scores, list.positions()[k]), ranks[k]);
        assertEquals(rank(targets, k), among[k]);
      }
    }
  }

  @Test
  void addRankChange_isTheDifferenceOfTwoRankings() {
    SplittableRandom random = new SplittableRandom(53);
    double lambda = 0.5;
    int changes = 0;
    for (int n = 1; n < 150; n++) {
      ScoreArray gradient = n % 2 == 0 ? ScoreArray.of(new double[n]) : ScoreArray.of(new float[n]);
      CandidateList list = list(random, n, gradient);
      double[] before = all(list);
      double[] after = before.clone();
      double[] moved = Arrays.copyOf(list.targetScores(), list.count());
      for (int k = 0; k < moved.length; k++) {
        moved[k] = random.nextInt(9) == 0 ? INF : moved[k] + random.nextInt(-4, 5) / 8.0;
        moved[k] = Double.isNaN(moved[k]) ? 0 : list.scores().round(moved[k]);
        after[list.positions()[k]] = moved[k];
      }
      int changed = kernel.addRankChange(list, moved, lambda);
      int expected = 0;
      for (int i = 0; i < n; i++) {
        int difference = rank(after, i) - rank(before, i);
        assertEquals(difference / lambda, gradient.get(i));
        expected += difference != 0 ? 1 : 0;
      }
      assertEquals(expected, changed);
      changes += changed;
    }
    assertTrue(changes > 1000, "rankings that stay prove nothing");
  }

  @Test
  void firstNaN_isFoundWithinTheRow() {
    ScoreArray scores = ScoreArray.of(Float.NaN, 1, INF_FLOAT, -INF_FLOAT, Float.NaN, Float.NaN);
    assertEquals(3, kernel.firstNaN(scores, 1, 5));
    assertEquals(-1, kernel.firstNaN(scores, 1, 3));
    assertEquals(-1, kernel.firstNaN(scores, 0, 0));
    assertEquals(0, kernel.firstNaN(ScoreArray.of(Double.NaN), 0, 1));
  }

  private static final float INF_FLOAT = Float.POSITIVE_INFINITY;

  @Test
  void newKernel_isTheScalarOneWhereThereIsNoOther() {
    assertInstanceOf(ScalarRankKernel.class, RankKernels.newKernel());
  }

  /** Single-precision ranks, as the published code has them, would collide here. */
  @Test
  @Tag("slow")
  void property21_ranksOfManyItemsAreDistinct() {
    int n = (1 << 24) + 1;
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      scores[i] = (i * 48271L % 65537) / 65537f;
    }
    int[] ranks = new int[n];
    kernel.ranks(ScoreArray.of(scores), 0, n, ranks);
    boolean[] taken = new boolean[n + 1];
    for (int rank : ranks) {
      assertTrue(!taken[rank] && rank >= 1);
      taken[rank] = true;
    }
  }
}
