package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankTerm;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.MeanTerm;
import io.solvegrad.solver.Lambda;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a caller of rankers and memories can get wrong, and the sentence that tells so. */
final class BadInputTest {
  private static final MetricLoss LOSS =
      MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(10)));

  private static Relevance labels() {
    return Relevance.grades(0, 1, 0, 1, 0, 0);
  }

  private static RankingBatch batch() {
    return RankingBatch.rows(ScoreArray.of(0.4, 0.1, 0.3, 0.2, 0.6, 0.5), 2, 3, labels());
  }

  private static double valueWithLambda(double lambda, ScoreArray scores) {
    return MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(lambda)))
        .evaluate(RankingBatch.rows(scores, 2, 3, labels()), scores.zeros(6));
  }

  private static double gradient(RankTerm term) {
    MetricLoss loss = MetricLoss.of(new MeanTerm(term), new BlackboxRanker(Lambda.plain(10)));
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(0.4, 0.1, 0.3), 1, 3, Relevance.grades(1, 0, 0));
    assertEquals(1, loss.value(batch), "without a gradient no slope is wanted");
    return loss.evaluate(batch, batch.scores().zeros(3));
  }

  private static Map<String, Executable> wrong() {
    Map<String, Executable> wrong = new TreeMap<>();
    wrong.put(
        "lambda is 1.0E300 (plain) for a list of 3 candidates, so gradients, which are multiples of"
            + " 1 / lambda, would all be 0 or infinite. Maybe scale it to the scores.",
        () -> valueWithLambda(1e300, ScoreArray.of(0.4f, 0.1f, 0.3f, 0.2f, 0.6f, 0.5f)));
    wrong.put(
        "lambda is 1.0E-300 (plain) for a list of 3 candidates, so gradients, which are multiples"
            + " of 1 / lambda, would all be 0 or infinite. Maybe scale it to the scores.",
        () -> valueWithLambda(1e-300, ScoreArray.of(0.4f, 0.1f, 0.3f, 0.2f, 0.6f, 0.5f)));
    wrong.put(
        "target has 2 values, but offset 1 and 2 embeddings need more",
        () -> {
          EmbeddingMemory memory = new EmbeddingMemory(3, 1);
          memory.add(new float[2], new int[2], new int[2]);
          memory.copyClasses(new int[2], 1);
        });
    wrong.put(
        "target has 1 values, but offset 0 and 1 embeddings of length 2 need more",
        () -> {
          EmbeddingMemory memory = new EmbeddingMemory(3, 2);
          memory.add(new float[2], new int[1], new int[1]);
          memory.copyEmbeddings(new float[1], 0);
        });
    wrong.put(
        "target has 3 values, but offset -1 and 0 embeddings of length 2 need more",
        () -> new EmbeddingMemory(3, 2).copyEmbeddings(new float[3], -1));
    String hint = ". Maybe make it smooth there; RankTerm.of looks just below rank 1 too";
    wrong.put(
        "the metric gave -Infinity as derivative of rank 1.0" + hint,
        () -> gradient(new DifferentiatedTerm((rank, among) -> rank.subtract(1).sqrt())));
    wrong.put(
        "the metric gave NaN as derivative of rank 1.0" + hint,
        () -> gradient(RankTerm.of((rank, among) -> Math.sqrt(rank - 1))));
    wrong.put(
        "2 rows and a capacity of 2147483647 rows of 3 classes do not fit into one array",
        () -> new ScoreMemory(LOSS, Integer.MAX_VALUE).value(batch()));
    return wrong;
  }

  @Test
  void mistakes_areNamedWithPlaceAndValue() {
    wrong()
        .forEach((message, call) ->
            assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage()));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a careless caller does
  private static <T> T missing() {
    return null;
  }

  @Test
  void missingArguments_areNamed() {
    Map<String, Executable> calls = new TreeMap<>();
    calls.put("lambda", () -> new BlackboxRanker(missing()));
    calls.put("loss", () -> new ScoreMemory(missing(), 3));
    calls.put("batch", () -> new ScoreMemory(LOSS, 2).value(missing()));
    calls.put(
        "batchClasses", () -> new EmbeddingMemory(3, 1).add(new float[1], missing(), new int[1]));
    calls.put("target", () -> new EmbeddingMemory(3, 1).copyEmbeddings(missing(), 0));
    calls.put(
        "settings",
        () -> new ClassAveragePrecision(BadInputTest.<ClassAveragePrecision.Settings>missing()));
    calls.put("expression", () -> new DifferentiatedTerm(missing()));
    calls.forEach((name, call) ->
        assertEquals(
            name + " must not be null",
            assertThrows(NullPointerException.class, call).getMessage()));
  }

  /** Nothing to rank is no mistake: the loss is 0. */
  @Test
  void emptyBatches_areWorthNothing() {
    ScoreMemory memory = new ScoreMemory(MatrixView.COLUMNS.apply(LOSS), 4);
    for (int[] shape : new int[][] {{0, 3}, {2, 0}, {0, 0}}) {
      ScoreArray none = ScoreArray.of(new double[0]);
      assertEquals(
          0,
          memory.value(RankingBatch.rows(none, shape[0], shape[1], Relevance.of(ItemSets.none()))));
    }
  }
}
