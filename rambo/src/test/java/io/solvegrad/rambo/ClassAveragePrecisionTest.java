package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.rambo.ClassAveragePrecision.Settings;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RandomMargin;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.solver.Lambda;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassAveragePrecisionTest {
  private static final Lambda LAMBDA = Lambda.plain(40);

  private static void assertRefused(Executable executable, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void interclassWeight_mustBeAShare(double beta) {
    assertRefused(() -> new Settings(LAMBDA, 0, beta, 0, 0), "interclass", "" + beta);
  }

  @Test
  void otherSettings_areCheckedAtOnce() {
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(() -> new Settings(LAMBDA, bad, 0, 0, 0), "margin must", "" + bad);
      assertRefused(() -> new Settings(LAMBDA, 0, 0, 0, bad), "epsilon must", "" + bad);
    }
    assertRefused(() -> new Settings(LAMBDA, 0, 0, -2, 0), "memory must not be negative", "-2");
  }

  @Test
  void threads_changeNoBit() {
    Settings settings = new Settings(LAMBDA, 0.1, 0.3, 50, 0);
    Cells cells = Cells.random(93, 4000, 12);
    Outcome one = Outcome.of(new ClassAveragePrecision(settings, 1), cells.batch());
    Outcome.of(new ClassAveragePrecision(settings, 3), cells.batch())
        .assertClose(one.requireGradient(), 0);
    assertRefused(() -> new ClassAveragePrecision(settings, 0), "threads");
  }

  @Test
  void plainSettings_switchEverythingOff() {
    assertEquals(new Settings(LAMBDA, 0, 0, 0, 0), new Settings(LAMBDA));
  }

  @Test
  void memory_isThatOfTheClasses() {
    ClassAveragePrecision loss = new ClassAveragePrecision(new Settings(LAMBDA, 0, 0.5, 7, 0));
    Cells cells = Cells.random(91, 5, 3);
    Outcome first = Outcome.of(loss, cells.batch()).requireGradient();
    assertEquals(5, loss.memory().size());
    loss.value(Cells.random(92, 5, 3).batch());
    assertEquals(7, loss.memory().size());
    loss.memory().reset();
    Outcome.of(loss, cells.batch()).assertClose(first, 0);
  }

  /** The margin is constant by default; the random one of the published code is a seed. */
  @Test
  void randomMargin_isAnOption() {
    Cells cells = Cells.random(5, 12, 4).withoutExclusions();
    Settings settings = new Settings(Lambda.plain(50), 0.3, 0.25, 0, 0);
    double constant = new ClassAveragePrecision(settings).value(cells.batch());
    double drawn = new ClassAveragePrecision(settings.withRandomMargin(7)).value(cells.batch());
    assertNotEquals(constant, drawn);
    assertEquals(
        drawn, new ClassAveragePrecision(settings.withRandomMargin(7)).value(cells.batch()));
    assertNotEquals(
        drawn, new ClassAveragePrecision(settings.withRandomMargin(8)).value(cells.batch()));
    MetricLoss loss = MetricLoss.of(new AveragePrecision(), new BlackboxRanker(Lambda.plain(50)));
    double expected =
        0.75 * new RandomMargin(MatrixView.COLUMNS.apply(loss), 0.3, 14).value(cells.batch())
            + 0.25 * new RandomMargin(MatrixView.FLAT.apply(loss), 0.3, 15).value(cells.batch());
    assertEquals(expected, drawn, 1e-12);
  }

  @Test
  void divisor_isThatOfTheParts() {
    RankingBatch batch = Cells.random(6, 12, 4).batch();
    RankingLoss columns =
        MatrixView.COLUMNS.apply(MetricLoss.of(new AveragePrecision(), new BlackboxRanker(LAMBDA)));
    assertEquals(
        columns.divisor(batch), new ClassAveragePrecision(new Settings(LAMBDA)).divisor(batch));
  }
}
