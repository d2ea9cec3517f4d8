package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RandomMargin;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Property 18 of the method's fact sheet, and what else a memory owes. */
final class ScoreMemoryTest {
  private static final RankingLoss INNER =
      MatrixView.COLUMNS.apply(
          MetricLoss.of(new AveragePrecision(), new BlackboxRanker(Lambda.plain(60))));

  /** The rows of several matrices, one below the other. */
  private static Cells joined(List<Cells> parts, int columns) {
    int rows = parts.stream().mapToInt(Cells::rows).sum();
    Cells all =
        new Cells(
            rows,
            columns,
            new double[rows * columns],
            new boolean[rows * columns],
            new boolean[rows * columns]);
    int begin = 0;
    for (Cells part : parts) {
      int length = part.scores().length;
      System.arraycopy(part.scores(), 0, all.scores(), begin, length);
      System.arraycopy(part.relevant(), 0, all.relevant(), begin, length);
      System.arraycopy(part.excluded(), 0, all.excluded(), begin, length);
      begin += length;
    }
    return all;
  }

  private static Cells rows(Cells cells, int from, int to) {
    int[] rowOf = new int[to - from];
    Arrays.setAll(rowOf, r -> from + r);
    int[] columnOf = new int[cells.columns()];
    Arrays.setAll(columnOf, c -> c);
    return cells.pick(rowOf, columnOf);
  }

  private static ScoreArray scores(Cells cells, boolean doubles) {
    return doubles ? cells.doubles() : cells.floats();
  }

  /**
   * Current rows, then the remembered ones, the oldest first; the gradient is that of the former,
   * and the scores of no batch are touched.
   */
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = "20205", tries = 60, edgeCases = EdgeCasesMode.NONE)
  void property18_memoryIsAMatrixWithTheOldRowsBelow(
      @ForAll @IntRange(max = 20) int capacity, @ForAll boolean doubles, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ScoreMemory memory = new ScoreMemory(INNER, capacity);
    Cells history = Cells.random(0, 0, 3);
    for (int step = 0; step < 15; step++) {
      if (random.nextInt(10) == 0) {
        memory.reset();
        history = Cells.random(0, 0, 3);
      }
      Cells current = Cells.random(random.nextLong(), random.nextInt(9), 3);
      Cells all = joined(List.of(current, history), 3);
      ScoreArray scores = scores(current, doubles);
      Outcome expected = Outcome.of(INNER, all.batch(scores(all, doubles)), 2);
      Outcome actual = Outcome.of(memory, current.batch(scores), 2);
      assertEquals(expected.value(), actual.value());
      assertArrayEquals(
          Arrays.copyOf(expected.gradient(), current.scores().length), actual.gradient());
      assertArrayEquals(current.scores(), Outcome.values(scores));
      Statistics.collect(actual.hasGradient());
      Cells kept = joined(List.of(history, current), 3);
      history = rows(kept, Math.max(0, kept.rows() - capacity), kept.rows());
      assertEquals(history.rows(), memory.size());
    }
    Statistics.coverage(checker -> checker.check(true).percentage(p -> p >= 50));
  }

  /** The inner loss may look at the joined matrix in any way, and weights come and go. */
  @ParameterizedTest
  @ValueSource(strings = {"rows", "columns", "flat", "margins"})
  void innerLoss_mayViewTheMatrixInAnyWay(String view) {
    ScoreMemory memory = new ScoreMemory(inner(view, 0), 11);
    Cells history = Cells.random(0, 0, 4);
    double[] historyWeights = {};
    int gradients = 0;
    for (int step = 0; step < 8; step++) {
      Cells current = Cells.random(90 + step, 3 + step % 4, 4);
      current = step < 3 ? current.withoutExclusions() : current;
      double[] weights = new double[current.scores().length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = step < 2 || step > 5 ? 1 : 1 + (i + step) % 3;
      }
      Cells all = joined(List.of(current, history), 4);
      double[] allWeights = Arrays.copyOf(weights, all.scores().length);
      System.arraycopy(historyWeights, 0, allWeights, weights.length, historyWeights.length);
      Outcome expected = Outcome.of(inner(view, step), all.batch().itemWeights(allWeights));
      RankingBatch batch = current.batch();
      Outcome actual =
          Outcome.of(memory, step < 2 || step > 5 ? batch : batch.itemWeights(weights));
      assertEquals(expected.value(), actual.value());
      assertArrayEquals(Arrays.copyOf(expected.gradient(), weights.length), actual.gradient());
      gradients += actual.hasGradient() ? 1 : 0;
      history = joined(List.of(history, current), 4);
      double[] kept = Arrays.copyOf(historyWeights, historyWeights.length + weights.length);
      System.arraycopy(weights, 0, kept, historyWeights.length, weights.length);
      int dropped = Math.max(0, history.rows() - 11);
      history = rows(history, dropped, history.rows());
      historyWeights = Arrays.copyOfRange(kept, 4 * dropped, kept.length);
    }
    assertTrue(gradients > 4);
  }

  /** A loss that sees the whole matrix, after so many evaluations. */
  private static RankingLoss inner(String view, int evaluations) {
    MetricLoss loss = MetricLoss.of(new AveragePrecision(), new BlackboxRanker(Lambda.plain(60)));
    return switch (view) {
      case "rows" -> loss;
      case "columns" -> MatrixView.COLUMNS.apply(loss);
      case "flat" -> MatrixView.FLAT.apply(loss);
      default -> {
        RandomMargin margins = new RandomMargin(MatrixView.COLUMNS.apply(loss), 0.3, 5);
        margins.resumeAfter(evaluations);
        yield margins;
      }
    };
  }

  /** What is wrong is named by its place in the caller's matrix. */
  @Test
  void messages_nameRowAndColumnOfTheBatch() {
    for (String view : List.of("rows", "columns", "flat")) {
      ScoreMemory memory = new ScoreMemory(inner(view, 0), 8);
      memory.value(Cells.random(83, 4, 3).withoutExclusions().batch());
      Cells broken = Cells.random(84, 7, 3).withoutExclusions().withScore(7, Double.NaN);
      String message =
          assertThrows(IllegalArgumentException.class, () -> memory.value(broken.batch()))
              .getMessage();
      assertTrue(message.contains("row 2, column 1"), message);
    }
  }

  @Test
  void emptyMemory_isTheInnerLoss() {
    Cells cells = Cells.random(72, 6, 4);
    Outcome expected = Outcome.of(INNER, cells.batch()).requireGradient();
    ScoreMemory memory = new ScoreMemory(INNER, 50);
    Outcome.of(memory, cells.batch()).assertClose(expected, 0);
    assertEquals(6, memory.size());
    memory.reset();
    assertEquals(0, memory.size());
    Outcome.of(memory, cells.batch()).assertClose(expected, 0);
  }

  @Test
  void capacityZero_isTheInnerLossAlways() {
    ScoreMemory memory = new ScoreMemory(INNER, 0);
    for (int seed = 73; seed < 76; seed++) {
      Cells cells = Cells.random(seed, 6, 4);
      Outcome.of(memory, cells.batch())
          .assertClose(Outcome.of(INNER, cells.batch()).requireGradient(), 0);
      assertEquals(0, memory.size());
    }
  }

  /** Without anything remembered, the next batch may be of any shape and precision. */
  @Test
  void shape_mayChangeWhileNothingIsRemembered() {
    List<Cells> shapes = new ArrayList<>();
    for (int[] shape : new int[][] {{10, 2}, {4, 3}, {1, 1}, {12, 5}, {3, 0}, {7, 2}}) {
      shapes.add(Cells.random(77, shape[0], shape[1]));
    }
    ScoreMemory none = new ScoreMemory(INNER, 0);
    ScoreMemory reset = new ScoreMemory(INNER, 3);
    for (Cells cells : shapes) {
      for (boolean doubles : new boolean[] {true, false}) {
        RankingBatch batch = cells.batch(scores(cells, doubles));
        Outcome expected = Outcome.of(INNER, batch);
        Outcome.of(none, batch).assertClose(expected, 0);
        Outcome.of(reset, batch).assertClose(expected, 0);
        reset.reset();
      }
    }
  }

  @Test
  void shape_mustBeThatOfWhatIsRemembered() {
    Cells cells = Cells.random(78, 4, 3);
    ScoreMemory memory = new ScoreMemory(INNER, 5);
    memory.value(cells.batch());
    Cells wider = Cells.random(79, 4, 5);
    String message =
        assertThrows(IllegalArgumentException.class, () -> memory.value(wider.batch()))
            .getMessage();
    assertTrue(message.contains("3 classes") && message.contains("5 classes"), message);
    message =
        assertThrows(
                IllegalArgumentException.class, () -> memory.value(cells.batch(cells.floats())))
            .getMessage();
    assertTrue(message.contains("Doubles") && message.contains("Floats"), message);
    assertEquals(4, memory.size());
    Cells all = joined(List.of(cells, cells), 3);
    assertEquals(INNER.value(all.batch()), memory.value(cells.batch()), "and stays usable");
  }

  @Test
  void emptyBatch_keepsWhatIsRemembered() {
    Cells cells = Cells.random(80, 4, 3);
    ScoreMemory memory = new ScoreMemory(INNER, 5);
    memory.value(cells.batch());
    assertEquals(INNER.value(cells.batch()), memory.value(Cells.random(1, 0, 3).batch()));
    assertEquals(4, memory.size());
  }

  @Test
  void remembered_isACopy() {
    Cells cells = Cells.random(81, 4, 3);
    ScoreArray scores = cells.doubles();
    boolean[] relevant = cells.relevant().clone();
    RankingBatch batch =
        RankingBatch.rows(scores, 4, 3, Relevance.of(ItemSets.mask(relevant)))
            .excluding(ItemSets.mask(cells.excluded()));
    ScoreMemory memory = new ScoreMemory(INNER, 5);
    memory.value(batch);
    assertArrayEquals(cells.scores(), Outcome.values(scores));
    scores.clear(0, 12);
    Arrays.fill(relevant, true);
    Cells current = Cells.random(82, 6, 3);
    Cells all = joined(List.of(current, cells), 3);
    assertEquals(INNER.value(all.batch()), memory.value(current.batch()));
  }

  /** All kinds of labels are remembered, with their weights. */
  @Test
  void labels_ofEveryFormAreRemembered() {
    ScoreArray scores = ScoreArray.of(0.4, 0.1, 0.3, 0.2, 0.6, 0.5);
    int[] classOfItem = {1, 0, 1};
    Relevance relevance = Relevance.of(ItemSets.sameId(classOfItem, new int[] {0, 1}));
    RankingBatch batch = RankingBatch.rows(scores, 3, 2, relevance).itemWeights(1, 2, 3, 4, 5, 6);
    ScoreMemory memory = new ScoreMemory(INNER, 3);
    memory.value(batch);
    ScoreArray current = ScoreArray.of(0.35, 0.25);
    RankingBatch next = RankingBatch.rows(current, 1, 2, Relevance.grades(0, 1)).itemWeights(7, 8);
    RankingBatch all =
        RankingBatch.rows(
                ScoreArray.of(0.35, 0.25, 0.4, 0.1, 0.3, 0.2, 0.6, 0.5),
                4,
                2,
                Relevance.grades(0, 1, 0, 1, 1, 0, 0, 1))
            .itemWeights(7, 8, 1, 2, 3, 4, 5, 6);
    assertEquals(INNER.value(all), memory.value(next));
  }

  @Test
  void failedBatch_isNotRemembered() {
    Cells cells = Cells.random(83, 4, 3).withoutExclusions();
    ScoreMemory memory = new ScoreMemory(INNER, 8);
    memory.value(cells.batch());
    Cells broken = Cells.random(84, 7, 3).withoutExclusions().withScore(4, Double.NaN);
    assertThrows(IllegalArgumentException.class, () -> memory.value(broken.batch()));
    assertEquals(4, memory.size());
    Cells current = Cells.random(85, 2, 3);
    assertEquals(
        INNER.value(joined(List.of(current, cells), 3).batch()), memory.value(current.batch()));
  }

  @Test
  void batch_mustBeAMatrixOfRows() {
    ScoreMemory memory = new ScoreMemory(INNER, 8);
    Relevance nothing = Relevance.of(ItemSets.none());
    for (Layout layout : List.of(Layout.ragged(0, 2, 4), Layout.columns(2, 2))) {
      RankingBatch batch = RankingBatch.of(ScoreArray.of(new double[4]), layout, nothing);
      String message =
          assertThrows(IllegalArgumentException.class, () -> memory.value(batch)).getMessage();
      assertTrue(message.contains("one item a row"), message);
    }
  }

  @Test
  void capacity_mustNotBeNegative() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new ScoreMemory(INNER, -1)).getMessage();
    assertTrue(message.contains("capacity") && message.contains("-1"), message);
  }

  @Test
  void diagnostics_areThoseOfAllRows() {
    Cells cells = Cells.random(86, 4, 3).withoutExclusions();
    ScoreMemory memory = new ScoreMemory(INNER, 8);
    memory.value(cells.batch());
    Diagnostics diagnostics = new Diagnostics();
    memory.evaluate(cells.batch(), 1, cells.batch().scores().zeros(12), diagnostics);
    assertTrue(diagnostics.lists() > 0 && diagnostics.lists() <= 3);
    assertEquals(60, diagnostics.largestLambda());
  }

  /** A file may lie about its length, so room is made as it is read. */
  @Test
  void manyCells_areReadBack() throws IOException {
    Cells cells = Cells.random(86, 120, 37);
    ScoreMemory memory = new ScoreMemory(INNER, 120);
    memory.value(cells.batch());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    memory.save(out);
    ScoreMemory other = new ScoreMemory(INNER, 120);
    other.load(new ByteArrayInputStream(out.toByteArray()));
    Cells current = Cells.random(87, 4, 37);
    double expected = INNER.value(joined(List.of(current, cells), 37).batch());
    assertEquals(expected, other.value(current.batch()));
    assertEquals(INNER.divisor(current.batch()), other.divisor(current.batch()));
  }

  @Test
  void grades_areRemembered() {
    RankingLoss ndcg =
        MatrixView.COLUMNS.apply(
            MetricLoss.of(RankMetrics.ndcg(), new BlackboxRanker(Lambda.plain(60))));
    double[] grades = {0, 3, 1, 0, 2, 0, 0, 1};
    double[] scores = {0.4, 0.1, 0.3, 0.2, 0.6, 0.5, 0.7, 0};
    ScoreMemory memory = new ScoreMemory(ndcg, 3);
    memory.value(
        RankingBatch.rows(
            ScoreArray.of(Arrays.copyOfRange(scores, 2, 8)),
            3,
            2,
            Relevance.grades(Arrays.copyOfRange(grades, 2, 8))));
    RankingBatch current =
        RankingBatch.rows(
            ScoreArray.of(Arrays.copyOf(scores, 2)),
            1,
            2,
            Relevance.grades(Arrays.copyOf(grades, 2)));
    RankingBatch all = RankingBatch.rows(ScoreArray.of(scores), 4, 2, Relevance.grades(grades));
    assertEquals(ndcg.value(all), memory.value(current));
  }
}
