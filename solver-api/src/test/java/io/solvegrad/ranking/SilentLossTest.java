package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loss without gradients says so, once. */
final class SilentLossTest {
  private final List<String> warnings = new ArrayList<>();
  private final Logger logger = Logger.getLogger("io.solvegrad.ranking");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          warnings.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private static Diagnostics run(MetricLoss loss, RankingBatch batch, int steps) {
    Diagnostics diagnostics = new Diagnostics();
    for (int step = 0; step < steps; step++) {
      loss.evaluate(batch, 1, batch.scores().zeros(batch.scores().length()), diagnostics);
    }
    return diagnostics;
  }

  private static MetricLoss loss(double lambda) {
    return MetricLoss.of(Recall.log(), new ReferenceRanker(Lambda.plain(lambda))).threads(1);
  }

  @Test
  void silentLoss_warnsOnceWithItsLambda() {
    RankingBatch batch = Cells.random(5, 50, 20).batch();
    MetricLoss loss = loss(1e-6);
    Diagnostics diagnostics = run(loss, batch, 3);
    assertEquals(List.of(), warnings);
    diagnostics.add(run(loss, batch, 20));
    assertEquals(1, diagnostics.silentShare());
    assertTrue(diagnostics.listsWithLoss() > 1000);
    assertEquals(1, warnings.size());
    String warning = warnings.get(0);
    assertTrue(warning.startsWith("WARNING 100.0 %"), warning);
    assertTrue(warning.contains("Maybe raise lambda") && warning.contains("1.00e-06"), warning);
  }

  @Test
  void gradients_areNoReasonToWarn() {
    Diagnostics diagnostics = run(loss(50), Cells.random(5, 50, 20).batch(), 20);
    assertTrue(diagnostics.silentShare() < 0.5);
    assertEquals(List.of(), warnings);
  }

  @Test
  void negativeLosses_warnToo() {
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(2.0, 1, 0), 1, 3, Relevance.grades(0, 0, 6));
    MetricLoss dcg =
        MetricLoss.of(
            RankMetrics.dcg(Gain.exponential(), PositionFunction.logarithmic()),
            new ReferenceRanker(Lambda.plain(1e-6)));
    assertTrue(dcg.value(batch) < 0);
    run(dcg, batch, 1000);
    assertEquals(1, warnings.size());
  }

  @Test
  void perfectRankingsWithALossThatIsLeft_areNoReasonToWarn() {
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(3.0, 2, 1, 0), 1, 4, Relevance.grades(2, 1, 1, 0));
    MetricLoss precision =
        MetricLoss.of(RankMetrics.averagePrecisionAt(2), new ReferenceRanker(Lambda.plain(10)));
    assertTrue(precision.value(batch) > 0.01);
    assertEquals(0, run(precision, batch, 1000).listsWithLoss());
    MetricLoss persistence =
        MetricLoss.of(RankMetrics.rankBiasedPrecision(0.8), new ReferenceRanker(Lambda.plain(10)));
    RankingBatch single = batch.withRelevance(Relevance.grades(1, 0, 0, 0));
    assertTrue(persistence.value(single) > 0.01);
    run(persistence, single, 1000);
    assertEquals(List.of(), warnings);
    RankingBatch reversed = batch.withScores(ScoreArray.of(2.0, 3, 1, 0));
    assertTrue(run(persistence, reversed, 1).listsWithLoss() > 0);
  }

  @Test
  void perfectRankings_areNoReasonToWarn() {
    RankingBatch batch =
        RankingBatch.rows(
            ScoreArray.of(2.0, 1, 0), 1, 3, Relevance.of(ItemSets.mask(true, false, false)));
    Diagnostics diagnostics = run(loss(0.1), batch, 1000);
    assertEquals(1, diagnostics.zeroGradientShare());
    assertEquals(0, diagnostics.listsWithLoss());
    assertEquals(List.of(), warnings);
  }
}
