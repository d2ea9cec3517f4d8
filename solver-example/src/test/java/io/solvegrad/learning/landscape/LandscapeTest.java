package io.solvegrad.learning.landscape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.SmoothFunction;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LandscapeTest {
  /** Chooses the cheaper of two things. */
  private static final BlackboxSolver CHEAPER =
      new BlackboxSolver() {
        @Override
        public int size() {
          return 2;
        }

        @Override
        public void solve(double[] costs, double[] solution) {
          solution[0] = costs[0] <= costs[1] ? 1 : 0;
          solution[1] = 1 - solution[0];
        }
      };

  /** w = (w1, 0.3): f is 1 where w1 is at most 0.3 and 0 elsewhere, whatever w2. */
  private static final Slice LEFT_OF_THREE_TENTHS =
      new Slice(
          CHEAPER,
          new double[] {1, 0},
          new double[] {1, 0},
          new double[] {0, 0},
          new double[] {0, 0.3},
          0,
          1);

  @Test
  void theFirstDirectionRunsToTheRight() {
    Surface surface = Surface.of(LEFT_OF_THREE_TENTHS, 0, 11);
    for (double[] row : surface.values()) {
      assertArrayEquals(new double[] {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0}, row);
    }
    assertColours(LEFT_OF_THREE_TENTHS, 0.1, 0.9);
  }

  @Test
  void theSecondDirectionRunsUpwards() {
    Slice below =
        new Slice(
            CHEAPER,
            new double[] {1, 0},
            new double[] {0, 0},
            new double[] {1, 0},
            new double[] {0, 0.3},
            0,
            1);
    Surface surface = Surface.of(below, 0, 11);
    assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, surface.values()[3]);
    assertArrayEquals(new double[11], surface.values()[4]);
    BufferedImage image = new HeatMaps(below, List.of(surface)).draw();
    int x = HeatMaps.corner(0)[0] + HeatMaps.plotSide() / 2;
    int bottom = HeatMaps.corner(0)[1] + HeatMaps.plotSide();
    assertEquals(ColourScale.at(1), new Color(image.getRGB(x, bottom - 20)));
    assertEquals(ColourScale.at(0), new Color(image.getRGB(x, bottom - 240)));
  }

  private static void assertColours(Slice slice, double high, double low) {
    BufferedImage image = new HeatMaps(slice, List.of(Surface.of(slice, 0, 11))).draw();
    int left = HeatMaps.corner(0)[0];
    int y = HeatMaps.corner(0)[1] + HeatMaps.plotSide() / 3;
    int side = HeatMaps.plotSide();
    assertEquals(ColourScale.at(1), new Color(image.getRGB(left + (int) (high * side), y)));
    assertEquals(ColourScale.at(0), new Color(image.getRGB(left + (int) (low * side), y)));
  }

  @ParameterizedTest
  @EnumSource(SliceProblem.class)
  void interpolationsLieBelowAndHaveTheBlackboxGradientAsSlope(SliceProblem problem) {
    Slice slice = problem.slice(1, problem.lambdas().getLast());
    double step = 1e-6;
    int slopes = 0;
    for (double lambda : problem.lambdas()) {
      for (int i = 1; i < 20; i++) {
        double w1 = slice.coordinate(i, 21);
        double w2 = slice.coordinate(21 - 1 - i / 2, 21);
        double here = slice.interpolated(w1, w2, lambda);
        assertTrue(here <= slice.loss(w1, w2) + 1e-9, problem + " " + lambda);
        double[] weights = slice.weights(w1, w2);
        double[] solution = new double[weights.length];
        slice.solver().solve(weights, solution);
        double[] gradient = new double[weights.length];
        new Interpolation(Lambda.plain(lambda))
            .gradient(slice.solver(), weights, solution, slice.upstream(), gradient);
        double expected = 0;
        for (int e = 0; e < gradient.length; e++) {
          expected += gradient[e] * slice.first()[e];
        }
        double slope =
            (slice.interpolated(w1 + step, w2, lambda) - slice.interpolated(w1 - step, w2, lambda))
                / (2 * step);
        assertEquals(expected, slope, 1e-4 * Math.max(1, Math.abs(expected)));
        slopes += expected != 0 ? 1 : 0;
      }
    }
    assertTrue(slopes > 5, "only " + slopes + " slopes");
  }

  /** Fifteen points a side: the step between the fifth and the sixth crosses all rows. */
  @Test
  void cliffsAreCounted() {
    assertEquals(15, LEFT_OF_THREE_TENTHS.cliffs());
  }

  @ParameterizedTest
  @EnumSource(SliceProblem.class)
  void everySliceHasManyCliffs(SliceProblem problem) {
    Slice slice = problem.slice(1, problem.lambdas().getLast());
    assertTrue(slice.cliffs() >= 40, problem + ": " + slice.cliffs());
  }

  @Test
  void theCurveOfARankLossSlopesLikeItsGradientAndIsContinuousIfLinear() {
    Recall ahead = new Recall(SmoothFunction.of(r -> r, r -> 1));
    for (double margin : new double[] {0, 0.25}) {
      MetricLoss exact = MetricLoss.of(ahead, new ExactRanker()).margin(margin);
      MetricLoss blackbox =
          MetricLoss.of(ahead, new BlackboxRanker(Lambda.plain(0.5))).margin(margin);
      BlackboxCurve curve = new BlackboxCurve(exact, blackbox, margin, 0.5);
      double last = curve.at(new double[] {-1.0005, 0, 0.3, -0.4});
      for (double s = -0.9995; s < 1.5; s += 0.001) {
        double[] scores = {s, 0, 0.3, -0.4};
        double value = curve.at(scores);
        double[] gradient = new double[4];
        double[] middle = {s - 0.0005, 0, 0.3, -0.4};
        blackbox.evaluate(BlackboxCurve.list(middle), ScoreArray.of(gradient));
        assertEquals(gradient[0] * 0.001, value - last, 0.003, "at " + s);
        assertTrue(value <= exact.value(BlackboxCurve.list(scores)) + 1e-9);
        last = value;
      }
      assertEquals(0, last, 1e-9);
    }
  }
}
