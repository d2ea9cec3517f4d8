package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.surrogate.DcgWeight;
import io.solvegrad.relaxation.surrogate.LabelledList;
import io.solvegrad.relaxation.surrogate.LambdaWeight;
import io.solvegrad.relaxation.surrogate.ListMle;
import io.solvegrad.relaxation.surrogate.PairFunction;
import io.solvegrad.relaxation.surrogate.PairwiseLoss;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Losses before any average, and what equal labels and equal scores do. */
final class TiesAndElementsTest {
  private static final double[] SCORES = {0.4, -0.8, 1.3, 0.1, 2};
  private static final double[] LABELS = {1, 0, 1, 1, 0};

  private static RankingBatch rows(double[] scores, double[] labels, int rows) {
    return RankingBatch.rows(
        ScoreArray.of(scores), rows, scores.length / rows, Relevance.grades(labels));
  }

  @Test
  void elementsAndLists_addUpToTheTotal() {
    RankingBatch batch =
        rows(new double[] {1, 2, 0.5, 0, 3, 1}, new double[] {2, 0, 1, 1, 1, 1}, 2)
            .excluding(ItemSets.mask(new boolean[] {false, false, false, true, false, false}))
            .itemWeights(0.5, 1, 2, 1, 1, 1);
    Catalogue.objectives()
        .forEach((name, objective) -> {
          SurrogateLoss loss = SurrogateLoss.of(objective).reduction(Reduction.TOTAL);
          double[] lists = new double[2];
          loss.losses(batch, lists);
          double[] sums = new double[2];
          loss.elements(batch, (list, first, second, value) -> sums[list] += value);
          assertArrayEquals(lists, sums, 1e-12, name);
          assertEquals(loss.value(batch), lists[0] + lists[1], 1e-12, name);
        });
  }

  @Test
  void pairs_areToldByTheirPlaces() {
    RankingBatch batch =
        rows(new double[] {9, 1, 3}, new double[] {0, 1, 0}, 1)
            .excluding(ItemSets.mask(new boolean[] {true, false, false}));
    SurrogateLoss loss = SurrogateLoss.of(new PairwiseLoss(PairFunction.hinge(1)));
    StringBuilder told = new StringBuilder();
    loss.elements(
        batch, (list, first, second, value) -> told.append(list).append(first).append(second));
    assertEquals("012", told.toString());
    assertThrows(IllegalArgumentException.class, () -> loss.losses(batch, new double[0]));
  }

  private static double value(ListMle objective, double[] scores, double[] labels) {
    return SurrogateLoss.of(objective).value(rows(scores, labels, 1));
  }

  /** Three equal labels ahead of two: twelve orders, every one as likely as the others. */
  @Test
  void randomTies_takeEveryOrderEquallyOften() {
    double[] each =
        LongStream.range(0, 6000)
            .mapToDouble(seed -> value(ListMle.withRandomTies(seed), SCORES, LABELS))
            .toArray();
    Set<Long> different = new HashSet<>();
    Arrays.stream(each).forEach(x -> different.add(Math.round(x * 1e9)));
    assertEquals(12, different.size());
    int[][] ahead = {{0, 2, 3}, {0, 3, 2}, {2, 0, 3}, {2, 3, 0}, {3, 0, 2}, {3, 2, 0}};
    int[][] behind = {{1, 4}, {4, 1}};
    for (int[] first : ahead) {
      for (int[] last : behind) {
        double[] labels = new double[5];
        for (int p = 0; p < 5; p++) {
          labels[p < 3 ? first[p] : last[p - 3]] = 5 - p;
        }
        double wanted = value(new ListMle(), SCORES, labels);
        long count = Arrays.stream(each).filter(x -> Math.abs(x - wanted) < 1e-9).count();
        // The standard deviation of a count is 21.4.
        assertEquals(500, count, 5 * 21.4);
      }
    }
    assertEquals(
        each[5], value(ListMle.withRandomTies(5), SCORES, LABELS), "same seed, same order");
  }

  @Test
  void randomTies_differFromListToList() {
    double[] scores = new double[80];
    double[] labels = new double[80];
    for (int i = 0; i < 80; i++) {
      scores[i] = i % 8;
    }
    double[] losses = new double[10];
    SurrogateLoss.of(ListMle.withRandomTies(1)).losses(rows(scores, labels, 10), losses);
    assertTrue(Arrays.stream(losses).distinct().count() > 5, Arrays.toString(losses));
  }

  @Test
  void sharedTies_doNotSeeTheOrderOfTheList() {
    double shared = value(ListMle.withSharedTies(), SCORES, LABELS);
    double[] reversed = {2, 0.1, 1.3, -0.8, 0.4};
    double[] reversedLabels = {0, 1, 1, 0, 1};
    assertEquals(shared, value(ListMle.withSharedTies(), reversed, reversedLabels), 1e-12);
    double all = Arrays.stream(SCORES).map(Math::exp).sum();
    double last = Math.exp(-0.8) + Math.exp(2);
    double expected = 3 * Math.log(all) - 1.8 + 2 * Math.log(last) - 1.2;
    assertEquals(expected, shared, 1e-12);
    assertTrue(shared > value(new ListMle(), SCORES, LABELS));
    double[] distinct = {5, 1, 4, 3, 2};
    assertEquals(
        value(new ListMle(), SCORES, distinct),
        value(ListMle.withSharedTies(), SCORES, distinct),
        1e-12);
  }

  @Test
  void equalScores_areRankedAtRandomWhereAsked() {
    LabelledList list = LabelledList.of(new double[4], new double[] {3, 0, 0, 0});
    LambdaWeight weight = new DcgWeight(DcgWeight.Form.SWAP).scaledBy(1);
    double byIndex = weight.on(list).of(0, 1);
    assertEquals(7 * (1 - Math.log(2) / Math.log(3)), byIndex, 1e-12);
    Set<Long> different = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      double weighed = weight.randomTies(seed).on(list).of(0, 1);
      different.add(Math.round(weighed * 1e9));
      assertEquals(weighed, weight.randomTies(seed).on(list).of(0, 1));
    }
    assertEquals(6, different.size(), "pairs of four ranks");
    assertEquals(byIndex, weight.on(list).of(0, 1), "the list keeps no seed");
  }
}
