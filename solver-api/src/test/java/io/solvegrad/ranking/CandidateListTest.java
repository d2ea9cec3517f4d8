package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CandidateListTest {

  private static CandidateList read(RankingBatch batch, int q, double margin, ScoreArray target) {
    CandidateList list = new CandidateList();
    list.readLabels(batch, q);
    list.readScores(batch, q, margin, target);
    return list;
  }

  private static double[] scores(CandidateList list) {
    double[] scores = new double[list.candidates()];
    list.copyScores(scores);
    return scores;
  }

  @Test
  void of_isAListOfItsOwn() {
    ScoreArray scores = ScoreArray.of(1.0, 2, 3);
    ScoreArray gradient = ScoreArray.of(new double[3]);
    int[] positions = {0, 2};
    double[] targets = {0.5, 2.5};
    CandidateList list = CandidateList.of(scores, positions, targets, gradient);
    positions[0] = 1;
    targets[0] = 9;
    assertArrayEquals(new double[] {0.5, 2, 2.5}, scores(list));
    assertEquals(3, list.candidates());
    assertEquals(2, list.count());
    assertEquals(1, list.grade(1));
    assertEquals(1, list.weight(1));
    list.addGradient(1, 5);
    assertEquals(5, gradient.get(1));
  }

  @Test
  void of_refusesWhatDoesNotGoTogether() {
    ScoreArray scores = ScoreArray.of(1.0, 2, 3);
    ScoreArray gradient = ScoreArray.of(new double[3]);
    ScoreArray shorter = ScoreArray.of(new double[2]);
    int[] one = {1};
    assertThrows(
        IllegalArgumentException.class,
        () -> CandidateList.of(scores, one, new double[1], shorter));
    assertThrows(
        IllegalArgumentException.class,
        () -> CandidateList.of(scores, one, new double[2], gradient));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> CandidateList.of(scores, new int[] {3}, new double[1], gradient))
            .getMessage();
    assertTrue(message.contains("positions[0] = 3"), message);
  }

  @Test
  void gradient_mustHaveBeenAskedFor() {
    RankingBatch batch = Cells.random(1, 2, 3).batch();
    assertThrows(IllegalStateException.class, () -> read(batch, 0, 0, null).gradient());
  }

  /** Exclusions, stride, margin and weights are dealt with once, here. */
  @Test
  void gatheredList_holdsValidCandidatesSideBySide() {
    boolean[] relevant = {true, false, true, false, true, true, false, true};
    boolean[] excluded = {false, false, true, false, false, true, false, false};
    // Columns of a 4 x 2 matrix; the second is 11, 13, 15, 17 with 15 excluded.
    ScoreArray scores = ScoreArray.of(10.0, 11, 12, 13, 14, 15, 16, 17);
    RankingBatch batch =
        RankingBatch.of(scores, Layout.columns(4, 2), Relevance.of(ItemSets.mask(relevant)))
            .excluding(ItemSets.mask(excluded))
            .itemWeights(0, 1, 2, 3, 4, 5, 6, 7);
    ScoreArray gradient = ScoreArray.of(new double[8]);
    CandidateList list = read(batch, 1, 0.25, gradient);
    assertArrayEquals(new double[] {11, 13, 16.75}, scores(list));
    assertEquals(1, list.count());
    assertEquals(2, list.positions()[0]);
    assertEquals(7, list.weight(0));
    assertEquals(3, list.originalPosition(2));
    list.addGradient(0, 1);
    list.addGradient(2, 3);
    list.scatter(batch, 1, gradient);
    assertArrayEquals(new double[] {0, 1, 0, 0, 0, 0, 0, 3}, Outcome.values(gradient));
  }

  @Test
  void plainList_isAView() {
    ScoreArray scores = ScoreArray.of(1f, 2, 3, 4);
    ScoreArray gradient = ScoreArray.of(new float[4]);
    RankingBatch batch =
        RankingBatch.rows(scores, 2, 2, Relevance.of(ItemSets.mask(false, false, true, false)));
    CandidateList list = read(batch, 1, 1, gradient);
    assertEquals(scores, list.scores());
    assertEquals(2, list.offset());
    assertEquals(2, list.gradientOffset());
    assertArrayEquals(new double[] {2, 4}, scores(list));
    assertArrayEquals(new double[] {1, 2, 3, 4}, Outcome.values(scores), "margin stays out");
    list.addGradient(1, 5);
    list.scatter(batch, 1, gradient);
    assertArrayEquals(new double[] {0, 0, 0, 5}, Outcome.values(gradient));
  }

  /** The shifted score of a target is rounded to the precision of the scores. */
  @Test
  void margin_isRoundedAsTheScoresAre() {
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(0.7f), 1, 1, Relevance.of(ItemSets.mask(true)));
    CandidateList list = read(batch, 0, 0.1, null);
    assertEquals((float) (0.7f - 0.1), list.targetScores()[0]);
  }

  @Test
  void scratch_canBeUsedForListsOfAnySize() {
    CandidateList list = new CandidateList();
    int[] sizes = {3, 50, 1, 120, 0, 7};
    for (int i = 0; i < sizes.length; i++) {
      Cells cells = Cells.random(60 + i, 1, sizes[i]);
      RankingBatch batch = i % 2 == 0 ? cells.batch(cells.floats()) : cells.batch(cells.doubles());
      list.readLabels(batch, 0);
      list.readScores(batch, 0, 0, null);
      double[] expected = new double[sizes[i]];
      int n = 0;
      for (int c = 0; c < sizes[i]; c++) {
        if (!cells.excluded()[c]) {
          expected[n++] = cells.scores()[c];
        }
      }
      assertArrayEquals(Arrays.copyOf(expected, n), scores(list));
    }
  }
}
