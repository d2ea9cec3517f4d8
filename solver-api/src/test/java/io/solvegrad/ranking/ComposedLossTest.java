package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sums of losses and losses on views of a matrix. */
final class ComposedLossTest {
  private static final double TOLERANCE = 1e-12;
  private static final Cells CELLS = Cells.random(31, 5, 4);
  private static final MetricLoss LOSS =
      MetricLoss.of(new AveragePrecision(), new ReferenceRanker(Lambda.plain(20)));

  /** Writes down what it is asked for. */
  private record Probe(List<String> calls) implements RankingLoss {
    @Override
    public double evaluate(
        RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
      calls.add(batch.layout().lists() + " lists, factor " + factor);
      return factor;
    }
  }

  @Test
  void weightedSum_passesWeightsAsFactors() {
    Probe probe = new Probe(new ArrayList<>());
    WeightedSum sum =
        new WeightedSum(
            List.of(
                new WeightedSum.Term(0.5, probe),
                new WeightedSum.Term(0, probe),
                new WeightedSum.Term(-2, MatrixView.FLAT.apply(probe)),
                new WeightedSum.Term(3, MatrixView.COLUMNS.apply(probe))));
    double value = sum.evaluate(CELLS.batch(), 4, null, new Diagnostics());
    assertEquals(
        List.of("5 lists, factor 2.0", "1 lists, factor -8.0", "4 lists, factor 12.0"),
        probe.calls);
    assertEquals(2 - 8 + 12, value);
  }

  @Test
  void weightedSum_keepsACopyOfItsTerms() {
    List<WeightedSum.Term> terms = new ArrayList<>();
    terms.add(new WeightedSum.Term(1, LOSS));
    WeightedSum sum = new WeightedSum(terms);
    terms.clear();
    assertEquals(LOSS.value(CELLS.batch()), sum.value(CELLS.batch()));
    assertEquals(0, new WeightedSum(terms).value(CELLS.batch()));
  }

  /** What its terms would refuse is refused without any. */
  @Test
  void weightedSum_checksItsArgumentsItself() {
    WeightedSum none = new WeightedSum(List.of());
    RankingBatch batch = CELLS.batch();
    assertEquals(
        "factor must be finite, but is NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> none.evaluate(batch, Double.NaN, null, new Diagnostics()))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> none.evaluate(batch, 1, ScoreArray.of(new double[3]), new Diagnostics()));
  }

  @Test
  void weightedSum_addsTheGradients() {
    MetricLoss recall = MetricLoss.of(Recall.log(), new ReferenceRanker(Lambda.plain(5)));
    WeightedSum sum =
        new WeightedSum(List.of(new WeightedSum.Term(0.5, LOSS), new WeightedSum.Term(2, recall)));
    Outcome first = Outcome.of(LOSS, CELLS.batch(), 0.5).requireGradient();
    Outcome second = Outcome.of(recall, CELLS.batch(), 2).requireGradient();
    double[] gradient = new double[first.gradient().length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = first.gradient()[i] + second.gradient()[i];
    }
    Outcome.of(sum, CELLS.batch())
        .assertClose(new Outcome(first.value() + second.value(), gradient), TOLERANCE);
  }

  /** The columns of a matrix are the rows of its transpose. */
  @Test
  void columns_areTheRowsOfTheTranspose() {
    int[] transpose = new int[20];
    Cells turned = new Cells(4, 5, new double[20], new boolean[20], new boolean[20]);
    for (int i = 0; i < 20; i++) {
      transpose[i] = (i % 5) * 4 + i / 5;
      turned.scores()[i] = CELLS.scores()[transpose[i]];
      turned.relevant()[i] = CELLS.relevant()[transpose[i]];
      turned.excluded()[i] = CELLS.excluded()[transpose[i]];
    }
    Outcome expected = Outcome.of(LOSS, turned.batch()).requireGradient();
    double[] gradient = new double[20];
    for (int i = 0; i < 20; i++) {
      gradient[transpose[i]] = expected.gradient()[i];
    }
    Outcome.of(MatrixView.COLUMNS.apply(LOSS), CELLS.batch())
        .assertClose(new Outcome(expected.value(), gradient), TOLERANCE);
  }

  @Test
  void flat_isOneRow() {
    Cells one = new Cells(1, 20, CELLS.scores(), CELLS.relevant(), CELLS.excluded());
    Outcome expected = Outcome.of(LOSS, one.batch()).requireGradient();
    Outcome.of(MatrixView.FLAT.apply(LOSS), CELLS.batch()).assertClose(expected, TOLERANCE);
  }

  @Test
  void divisors_areThoseOfTheLossInside() {
    RankingBatch batch = CELLS.batch();
    MetricLoss micro = LOSS.reduction(Reduction.MICRO);
    double columns = micro.divisor(batch.columns());
    assertNotEquals(0, columns);
    assertEquals(columns, MatrixView.COLUMNS.apply(micro).divisor(batch));
    assertEquals(micro.divisor(batch), new RandomMargin(micro, 0.5, 9).divisor(batch));
  }
}
