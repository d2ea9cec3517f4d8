package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RankingBatchTest {
  private static final Relevance NOTHING = Relevance.of(ItemSets.none());

  private static RankingBatch square(Relevance relevance) {
    return RankingBatch.rows(ScoreArray.of(new double[9]), 3, 3, relevance);
  }

  private static void assertRefused(Executable executable, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "'" + part + "' is missing in: " + message);
    }
  }

  @Test
  void scores_mustFillTheMatrix() {
    ScoreArray scores = ScoreArray.of(new float[5]);
    assertRefused(() -> RankingBatch.rows(scores, 2, 3, NOTHING), "5 values", "2 rows of 3", "6");
    assertRefused(() -> RankingBatch.rows(scores, 1, 4, NOTHING), "5 values", "4");
    // 2^16 times 2^16 is 0 in int arithmetic.
    ScoreArray none = ScoreArray.of(new float[0]);
    assertRefused(() -> RankingBatch.rows(none, 1 << 16, 1 << 16, NOTHING), "4294967296");
  }

  @Test
  void scores_mayBeMoreThanTheListsNeed() {
    ScoreArray scores = ScoreArray.of(new float[5]);
    RankingBatch.of(scores, Layout.ragged(0, 2, 4), NOTHING);
    assertRefused(
        () -> RankingBatch.of(scores, Layout.ragged(0, 2, 6), NOTHING), "5 values", "need 6");
  }

  @Test
  void labelsAndExclusions_mustFit() {
    Relevance few = Relevance.grades(1, 2);
    assertRefused(() -> square(few), "labels has 2");
    assertRefused(() -> square(NOTHING).excluding(ItemSets.mask(true)), "mask has 1");
  }

  @Test
  void weights_mustBeOnePerListOrItem() {
    RankingBatch batch = square(NOTHING);
    assertRefused(() -> batch.queryWeights(1, 2), "2 query weights for 3 lists");
    assertRefused(() -> batch.itemWeights(1, 2), "2 item weights for 9 scores");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void weights_mustBeFiniteAndNotNegative(double weight) {
    RankingBatch batch = square(NOTHING);
    assertRefused(() -> batch.queryWeights(1, weight, 1), "query weight of row 1", "" + weight);
    double[] items = {1, 1, 1, 1, 1, 1, 1, 1, weight};
    assertRefused(() -> batch.itemWeights(items), "item weight at row 2, column 2", "" + weight);
  }

  @Test
  void weights_areOneWhereNoneAreGiven() {
    RankingBatch batch = square(NOTHING);
    assertEquals(1, batch.queryWeight(2));
    assertEquals(1, batch.itemWeight(8));
    assertEquals(3, batch.queryWeights(1, 2, 3).queryWeight(2));
    assertEquals(9, batch.itemWeights(1, 2, 3, 4, 5, 6, 7, 8, 9).itemWeight(8));
  }

  @Test
  void settings_areKeptByEachOther() {
    ItemSets excluded = ItemSets.mask(new boolean[9]);
    ScoreArray other = ScoreArray.of(new double[9]);
    RankingBatch batch =
        square(NOTHING)
            .queryWeights(1, 2, 3)
            .itemWeights(1, 2, 3, 4, 5, 6, 7, 8, 9)
            .excluding(excluded)
            .withScores(other);
    assertSame(excluded, batch.excluded());
    assertSame(other, batch.scores());
    assertSame(NOTHING, batch.relevance());
    assertEquals(Layout.rows(3, 3), batch.layout());
    assertEquals(2, batch.queryWeight(1));
    assertEquals(4, batch.itemWeight(3));
  }

  @Test
  void withScores_mustHaveTheSameLength() {
    ScoreArray other = ScoreArray.of(new double[8]);
    assertRefused(() -> square(NOTHING).withScores(other), "8 values instead of 9");
  }

  @Test
  void views_areMadeOnceAndKeepItemWeights() {
    RankingBatch batch =
        square(NOTHING).itemWeights(1, 2, 3, 4, 5, 6, 7, 8, 9).queryWeights(1, 2, 3);
    assertSame(batch.columns(), batch.columns());
    assertSame(batch.flat(), batch.flat());
    assertEquals(Layout.columns(3, 3), batch.columns().layout());
    assertEquals(Layout.rows(1, 9), batch.flat().layout());
    assertEquals(4, batch.columns().itemWeight(3));
    assertEquals(1, batch.columns().queryWeight(1), "weights of rows are none of columns");
  }

  /** What lies before, between or behind lists belongs to none of them. */
  @Test
  void flat_holdsTheCellsOfTheListsAlone() {
    MetricLoss precision = MetricLoss.of(new AveragePrecision(), new ExactRanker());
    RankingBatch behind =
        RankingBatch.of(
            ScoreArray.of(9, 9, 1, 2), Layout.ragged(2, 3, 4), Relevance.grades(0, 0, 0, 1));
    assertEquals(0, precision.value(behind.flat()));
    assertEquals(2, behind.flat().layout().length(0));
    for (Layout gaps : List.of(new Layout.Strided(2, 3, 2, 1), new Layout.Strided(2, 1, 2, 1))) {
      RankingBatch spread =
          RankingBatch.of(
              ScoreArray.of(new double[gaps.extent()]), gaps, Relevance.of(ItemSets.none()));
      assertRefused(spread::flat, "lists of 4 cells in all, spread over " + gaps.extent());
    }
    RankingBatch segments =
        RankingBatch.of(
            ScoreArray.of(1, 9, 2), Layout.segments(5, 7, 5), Relevance.grades(0, 1, 0));
    assertEquals(0, precision.value(segments.flat()));
  }

  @Test
  void columns_areThoseOfAMatrix() {
    RankingBatch ragged =
        RankingBatch.of(ScoreArray.of(new double[4]), Layout.ragged(0, 1, 4), NOTHING);
    assertRefused(ragged::columns, "columns");
    assertRefused(() -> square(NOTHING).columns().columns(), "layout of rows");
  }

  /** In a square matrix the shapes fit, but the sets would silently mean something else. */
  @Test
  void views_refuseSetsThatBelongToRows() {
    List<ItemSets> ofRows =
        List.of(ItemSets.sameId(new int[] {1, 2, 3}, new int[] {3, 3, 1}), ItemSets.self());
    for (ItemSets sets : ofRows) {
      assertRefused(square(Relevance.of(sets))::columns, "each cell");
      assertRefused(square(NOTHING).excluding(sets)::columns, "each cell");
      assertRefused(square(NOTHING).excluding(sets)::flat, "each cell");
    }
  }

  /** Compressed sets name cells, so views keep them, and see later changes of the arrays. */
  @Test
  void views_keepCompressedSets() {
    int[] positions = {2, 0, 1};
    RankingBatch batch =
        square(Relevance.of(ItemSets.compressed(new int[] {0, 1, 3, 3}, positions)));
    int[] read = new int[9];
    double[] grades = new double[9];
    // Cells (0, 2), (1, 0) and (1, 1).
    for (int column = 0; column < 3; column++) {
      RankingBatch columns = batch.columns();
      assertEquals(1, columns.relevance().read(column, columns.layout(), read, grades));
      assertEquals(column == 2 ? 0 : 1, read[0]);
    }
    assertEquals(3, batch.flat().relevance().read(0, batch.flat().layout(), read, grades));
    assertEquals(List.of(2, 3, 4), List.of(read[0], read[1], read[2]));
    positions[0] = 1;
    assertEquals(0, batch.columns().relevance().read(2, batch.columns().layout(), read, grades));
    RankingBatch without =
        square(NOTHING).excluding(ItemSets.compressed(new int[] {0, 0, 0, 1}, new int[] {1}));
    assertEquals(1, without.columns().excluded().read(1, without.columns().layout(), read));
    assertEquals(2, read[0]);
  }

  /** Sets for two lists do not fit three, wherever they are given. */
  @Test
  void sets_areLookedAtWhereTheyAreGiven() {
    ItemSets two = ItemSets.compressed(new int[] {0, 1, 2}, new int[] {0, 1});
    assertRefused(() -> square(Relevance.of(two)), "3");
    assertRefused(() -> square(NOTHING).excluding(two), "3");
  }
}
