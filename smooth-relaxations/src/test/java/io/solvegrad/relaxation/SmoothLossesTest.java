package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.surrogate.RankRegression;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The compositions that have a name, against their formulas. */
final class SmoothLossesTest {
  private static final double[] SCORES = {0.3, -1.1, 2.0, 0.4, 0.0};
  private static final double[] LABELS = {1, 0, 3, 0, 2};

  private static double value(RankingLoss loss) {
    return loss.value(
        RankingBatch.rows(
            ScoreArray.of(SCORES.clone()), 1, SCORES.length, Relevance.grades(LABELS)));
  }

  /** 1 + the sum of sigmoid((s_j - s_i) / temperature) over the others. */
  private static double rank(int i, double temperature) {
    double rank = 1;
    for (int j = 0; j < SCORES.length; j++) {
      if (j != i) {
        rank += 1 / (1 + Math.exp((SCORES[i] - SCORES[j]) / temperature));
      }
    }
    return rank;
  }

  private static double gain(int i) {
    return Math.pow(2, LABELS[i]) - 1;
  }

  private static double discount(double rank) {
    return Math.log(2) / Math.log(1 + rank);
  }

  private static double ideal() {
    return 7 * discount(1) + 3 * discount(2) + discount(3);
  }

  @Test
  void approxNdcg_isNdcgOfSoftRanks() {
    double found = 0;
    for (int i = 0; i < 5; i++) {
      found += gain(i) * discount(rank(i, 0.4));
    }
    assertEquals(1 - found / ideal(), value(SmoothLosses.approxNdcg(0.4)), 1e-12);
  }

  @Test
  void approxMrr_hasTwoForms() {
    double mean = (1 / rank(0, 0.4) + 3 / rank(2, 0.4) + 2 / rank(4, 0.4)) / 6;
    assertEquals(1 - mean, value(SmoothLosses.approxMrr(0.4)), 1e-12);
    assertEquals(1 - 1 / rank(2, 0.4), value(SmoothLosses.approxReciprocalRank(0.4)), 1e-12);
  }

  @Test
  void approxRankMse_weighsByTargetRank() {
    // Labels 1 0 3 0 2: ranks by label, shared where labels are equal.
    double[] wanted = {3, 4.5, 1, 4.5, 2};
    for (SmoothLosses.RankDiscount discount : SmoothLosses.RankDiscount.values()) {
      double sum = 0;
      for (int i = 0; i < 5; i++) {
        double gap = rank(i, 0.7) - wanted[i];
        double weight =
            switch (discount) {
              case NONE -> 1;
              case LOG2 -> discount(wanted[i]);
              case RECIPROCAL -> 1 / wanted[i];
            };
        sum += weight * gap * gap;
      }
      assertEquals(sum / 5, value(SmoothLosses.approxRankMse(0.7, discount)), 1e-12);
    }
  }

  /** Both forms of NeuralNDCG are the same double sum over the soft permutation. */
  @Test
  void neuralNdcg_isBothOfItsForms() {
    double[][] matrix = new NeuralSort(0.8, 50).matrix(SCORES);
    double byPosition = 0;
    double[] expectedDiscount = new double[5];
    for (int r = 1; r <= 5; r++) {
      double expectedGain = 0;
      for (int i = 0; i < 5; i++) {
        expectedGain += matrix[r - 1][i] * gain(i);
        expectedDiscount[i] += matrix[r - 1][i] * discount(r);
      }
      byPosition += expectedGain * discount(r);
    }
    double byCandidate = 0;
    for (int i = 0; i < 5; i++) {
      byCandidate += gain(i) * expectedDiscount[i];
    }
    double loss = value(SmoothLosses.neuralNdcg(0.8));
    assertEquals(1 - byPosition / ideal(), loss, 1e-12);
    assertEquals(1 - byCandidate / ideal(), loss, 1e-12);
    assertTrue(Math.abs(loss - value(SmoothLosses.piRank(0.8))) > 1e-6);
  }

  @Test
  void smoothAp_smoothsBothRanks() {
    double sum = 0;
    int[] relevant = {0, 2, 4};
    for (int i : relevant) {
      double among = 1;
      for (int j : relevant) {
        among += j == i ? 0 : 1 / (1 + Math.exp((SCORES[i] - SCORES[j]) / 0.3));
      }
      sum += among / rank(i, 0.3);
    }
    assertEquals(1 - sum / 3, value(SmoothLosses.smoothAp(0.3)), 1e-12);
  }

  @Test
  void recallSurrogate_averagesOverCutoffs() {
    int[] ks = {1, 2, 4};
    double sum = 0;
    for (int k : ks) {
      double found = 0;
      for (int i : new int[] {0, 2, 4}) {
        found += 1 / (1 + Math.exp(rank(i, 0.2) - k));
      }
      sum += 1 - found / Math.min(k, 3);
    }
    assertEquals(sum / 3, value(SmoothLosses.recallSurrogate(0.2, ks)), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> SmoothLosses.recallSurrogate(0.2));
    assertThrows(IllegalArgumentException.class, () -> SmoothLosses.recallSurrogate(0.2, 0));
  }

  @Test
  void approxRecallAndPrecision_useTheSameSoftCutoff() {
    double found = 0;
    double retrieved = 0;
    for (int i = 0; i < 5; i++) {
      double member = 1 / (1 + Math.exp(rank(i, 0.5) - 2.5));
      retrieved += member;
      found += LABELS[i] > 0 ? member : 0;
    }
    assertEquals(1 - found / 3, value(SmoothLosses.approxRecall(2, 0.5)), 1e-12);
    assertEquals(1 - found / retrieved, value(SmoothLosses.approxPrecision(2, 0.5)), 1e-12);
  }

  @Test
  void supAp_isAnUpperBoundOfTheLoss() {
    // Exact ranks of the relevant: 3, 1, 4; among the relevant 2, 1, 3.
    double exact = 1 - (2.0 / 3 + 1 + 3.0 / 4) / 3;
    assertTrue(value(SmoothLosses.supAp()) >= exact);
  }

  @Test
  void softSpearman_isOneMinusTheCorrelation() {
    double sharp = value(SmoothLosses.softSpearman(1e-6));
    // Exact ranks 3 5 1 2 4 against 3 4.5 1 4.5 2.
    double covariance = 0 + 2 * 1.5 + 4 - 1 * 1.5 - 1;
    assertEquals(1 - covariance / Math.sqrt(10 * 9.5), sharp, 1e-9);
  }

  @Test
  void otherRankersCompose() {
    for (double scale : List.of(1e-6)) {
      double exact = 0;
      double[] wanted = {3, 4.5, 1, 4.5, 2};
      double[] ranks = {3, 5, 1, 2, 4};
      for (int i = 0; i < 5; i++) {
        exact += (ranks[i] - wanted[i]) * (ranks[i] - wanted[i]) / 5;
      }
      assertEquals(
          exact, value(SurrogateLoss.of(new RankRegression(new LapSum(scale), t -> 1))), 1e-9);
      assertEquals(
          exact, value(SurrogateLoss.of(new RankRegression(new SoftRank(scale), t -> 1))), 1e-9);
    }
  }
}
