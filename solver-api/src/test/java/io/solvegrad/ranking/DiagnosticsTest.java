package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.solver.Lambda;
import org.junit.jupiter.api.Test;

final class DiagnosticsTest {

  @Test
  void nothingRecorded_hasDefinedNumbers() {
    Diagnostics diagnostics = new Diagnostics();
    assertEquals(0, diagnostics.lists());
    assertEquals(0, diagnostics.zeroGradientShare());
    assertEquals(0, diagnostics.movedShare());
    assertEquals(0, diagnostics.largestLambda());
    assertEquals(Double.POSITIVE_INFINITY, diagnostics.smallestLambda());
    assertEquals(
        "0 lists, 0.0 % without gradient, 0.0 % of candidates moved", diagnostics.toString());
  }

  @Test
  void numbersAddUp() {
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.record(10, 0);
    diagnostics.record(30, 5);
    diagnostics.recordLambda(3);
    diagnostics.recordLambda(8);
    diagnostics.recordLambda(5);
    assertEquals(2, diagnostics.lists());
    assertEquals(0.5, diagnostics.zeroGradientShare());
    assertEquals(5 / 40.0, diagnostics.movedShare());
    assertEquals(3, diagnostics.smallestLambda());
    assertEquals(8, diagnostics.largestLambda());
    diagnostics.reset();
    assertEquals(new Diagnostics().toString(), diagnostics.toString());
    assertEquals(0, diagnostics.largestLambda());
    assertEquals(Double.POSITIVE_INFINITY, diagnostics.smallestLambda());
  }

  @Test
  void add_isTheSumOfBoth() {
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.record(10, 0);
    diagnostics.recordLambda(3);
    Diagnostics other = new Diagnostics();
    other.record(30, 5);
    other.recordLambda(8);
    diagnostics.add(other);
    diagnostics.add(new Diagnostics());
    assertEquals(2, diagnostics.lists());
    assertEquals(0.5, diagnostics.zeroGradientShare());
    assertEquals(5 / 40.0, diagnostics.movedShare());
    assertEquals(3, diagnostics.smallestLambda());
    assertEquals(8, diagnostics.largestLambda());
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    Diagnostics diagnostics = new Diagnostics();
    for (int[] wrong : new int[][] {{-1, 5}, {4, 5}, {4, -1}, {-1, -1}}) {
      assertThrows(IllegalArgumentException.class, () -> diagnostics.record(wrong[0], wrong[1]));
    }
    for (double lambda : new double[] {0, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> diagnostics.recordLambda(lambda));
    }
    assertEquals(new Diagnostics().toString(), diagnostics.toString());
    assertEquals(
        "moved must be between 0 and the 4 candidates of the list, but is 5",
        assertThrows(IllegalArgumentException.class, () -> diagnostics.record(4, 5)).getMessage());
  }

  /** Three lists: one moves both its candidates, one none, one has nothing to find. */
  @Test
  void losses_recordWhatTheyDid() {
    RankingBatch batch =
        RankingBatch.of(
            ScoreArray.of(1.0, 0, 9, 5, 1, 3, 2),
            Layout.ragged(0, 2, 5, 7),
            Relevance.of(ItemSets.mask(false, true, true, false, false, false, false)));
    MetricLoss loss =
        MetricLoss.of(Recall.log(), new ReferenceRanker(Lambda.normalised(4)))
            .reduction(Reduction.SUM);
    Diagnostics diagnostics = new Diagnostics();
    loss.evaluate(batch, 1, batch.scores().zeros(7), diagnostics);
    assertEquals(2, diagnostics.lists());
    assertEquals(0.5, diagnostics.zeroGradientShare());
    assertEquals(2 / 5.0, diagnostics.movedShare());
    assertEquals(8, diagnostics.smallestLambda());
    assertEquals(12, diagnostics.largestLambda());
    loss.evaluate(batch, 1, null, diagnostics);
    assertEquals(2, diagnostics.lists(), "without a gradient there is nothing to record");
    loss.evaluate(batch, 1, batch.scores().zeros(7), diagnostics);
    assertEquals(4, diagnostics.lists());
  }

  @Test
  void add_countsListsWithALoss() {
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.recordLoss(true);
    Diagnostics other = new Diagnostics();
    other.recordLoss(true);
    other.recordLoss(false);
    diagnostics.add(other);
    assertEquals(3, diagnostics.listsWithLoss());
    assertEquals(2 / 3.0, diagnostics.silentShare());
  }
}
