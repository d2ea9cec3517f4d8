package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The margin of the published code, as an option. */
final class RandomMarginTest {
  private static final MetricLoss LOSS =
      MetricLoss.of(new AveragePrecision(), new ReferenceRanker(Lambda.plain(30)));

  private record Probe(List<double[]> seen) implements RankingLoss {
    @Override
    public double evaluate(
        RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
      seen.add(Outcome.values(batch.scores()));
      return LOSS.evaluate(batch, factor, gradient, diagnostics);
    }
  }

  @Test
  void shifts_pushRelevantDownAndOthersUp() {
    Cells cells = Cells.random(3, 60, 60);
    Probe probe = new Probe(new ArrayList<>());
    RandomMargin loss = new RandomMargin(probe, 0.5, 9);
    ScoreArray scores = cells.doubles();
    loss.value(cells.batch(scores));
    loss.value(cells.batch(scores));
    double sum = 0;
    int valid = 0;
    int same = 0;
    for (int i = 0; i < cells.scores().length; i++) {
      double shift = probe.seen().get(0)[i] - cells.scores()[i];
      if (cells.excluded()[i]) {
        assertEquals(0, shift);
        continue;
      }
      assertTrue(cells.relevant()[i] ? shift <= 0 : shift >= 0);
      sum += Math.abs(shift) / 0.25;
      valid++;
      same += probe.seen().get(0)[i] == probe.seen().get(1)[i] ? 1 : 0;
    }
    // E|z| = sqrt(2 / pi), with a deviation of 0.6 for each of 3200 draws.
    assertEquals(Math.sqrt(2 / Math.PI), sum / valid, 0.05);
    assertTrue(same < 5, "every evaluation draws anew");
    assertEquals(cells.scores()[7], scores.get(7), "scores are left alone");
    assertEquals(2, loss.evaluations());
    RandomMargin resumed = new RandomMargin(probe, 0.5, 9);
    resumed.resumeAfter(1);
    resumed.value(cells.batch());
    assertEquals(probe.seen().get(1)[5], probe.seen().get(2)[5]);
  }

  @Test
  void marginZero_isThePlainLoss() {
    Cells cells = Cells.random(4, 5, 6);
    Outcome.of(new RandomMargin(LOSS, 0, 9), cells.batch())
        .assertClose(Outcome.of(LOSS, cells.batch()).requireGradient(), 0);
  }
}
