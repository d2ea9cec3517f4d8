package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Gradients are derivatives, and neither they nor values are ever undefined. */
final class GradientTest {
  private static final double STEP = 1e-6;

  /** Far enough for differences of STEP, and near enough to be a limit. */
  private static final double APART = 2e-5;

  private static final double BARELY_APART = 1e-10;

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(new ArrayList<>(Catalogue.losses().keySet()));
  }

  @Property(tries = 4000, seed = "1")
  void gradient_isTheDerivative(@ForAll("names") String name, @ForAll long seed) {
    RankingLoss loss = Catalogue.losses().get(name);
    Lists lists = Lists.random(seed);
    checkDerivative(name, loss, isHiddenAtTies(name) ? apart(lists, APART) : lists);
    if (isWeightedByOrder(name) && !name.contains("random ties")) {
      checkLimit(name, loss, lists);
    }
  }

  private static void checkDerivative(String name, RankingLoss loss, Lists lists) {
    double[] gradient = lists.gradient(loss);
    double here = lists.value(loss);
    for (int i = 0; i < gradient.length; i++) {
      double allowed = 2e-4 * Math.max(1, Math.abs(gradient[i]));
      double right = slope(loss, lists, i, STEP, here);
      double left = slope(loss, lists, i, -STEP, here);
      boolean smooth =
          Math.abs(right - slope(loss, lists, i, STEP / 8, here)) < allowed
              && Math.abs(left - slope(loss, lists, i, -STEP / 8, here)) < allowed;
      // Elsewhere a jump lies near. At a kink, as where scores tie, both sides are derivatives.
      if (smooth) {
        String message =
            "%s, candidate %d of %s".formatted(name, i, Arrays.toString(lists.scores()));
        assertTrue(gradient[i] >= Math.min(left, right) - allowed, message);
        assertTrue(gradient[i] <= Math.max(left, right) + allowed, message);
      }
    }
  }

  /**
   * Losses whose derivative at ties no move of a single score shows. Lambda weights are constants
   * that belong to the order by index, which a move changes. SoftSort has the derivative of one
   * order, and replaced steps bend within less than any step that differences could take:
   * PermutationTiesTest has both.
   */
  private static boolean isHiddenAtTies(String name) {
    return isWeightedByOrder(name) || name.contains("SoftSort") || name.contains("replaced");
  }

  private static boolean isWeightedByOrder(String name) {
    return name.equals("ndcgLoss1")
        || name.startsWith("pairwise") && Catalogue.ORDER_WEIGHTS.stream().anyMatch(name::endsWith);
  }

  /** The same lists with equal scores a little apart, the lower index first. */
  private static Lists apart(Lists lists, double distance) {
    double[] scores = lists.scores().clone();
    for (int i = 0; i < scores.length; i++) {
      int before = 0;
      for (int j = 0; j < i; j++) {
        before += lists.scores()[j] == lists.scores()[i] ? 1 : 0;
      }
      scores[i] -= before * distance;
    }
    return new Lists(
        lists.rows(), lists.columns(), scores, lists.labels(), lists.masked(), lists.weights());
  }

  /** The gradient at ties is the limit of those in which the order by index is that of scores. */
  private static void checkLimit(String name, RankingLoss loss, Lists lists) {
    double[] limit = apart(lists, BARELY_APART).gradient(loss);
    double[] gradient = lists.gradient(loss);
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(
          limit[i],
          gradient[i],
          1e-6 * Math.max(1, Math.abs(limit[i])),
          () -> "%s of %s".formatted(name, Arrays.toString(lists.scores())));
    }
  }

  /** A difference quotient to one side. */
  private static double slope(RankingLoss loss, Lists lists, int i, double step, double here) {
    return (lists.withScore(i, lists.scores()[i] + step).value(loss) - here) / step;
  }

  @Property(tries = 800, seed = "1")
  void value_isTheSameWithAndWithoutGradient(@ForAll("names") String name, @ForAll long seed) {
    RankingLoss loss = Catalogue.losses().get(name);
    Lists lists = Lists.random(seed);
    double[] gradient = new double[lists.scores().length];
    double value =
        loss.evaluate(lists.batch(ScoreArray.of(lists.scores())), ScoreArray.of(gradient));
    assertEquals(lists.value(loss), value);
  }

  @Property(tries = 2500, seed = "1")
  void nothingIsUndefined(@ForAll("names") String name, @ForAll long seed) {
    RankingLoss loss = Catalogue.losses().get(name);
    Random random = new Random(seed);
    Lists lists = Lists.random(seed);
    double[] awkward = {
      0,
      -0.0,
      1,
      1,
      -1e30,
      1e30,
      3.4e37,
      -2.1e26,
      42,
      1e-300,
      700,
      -700,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    int kinds = 2 + random.nextInt(awkward.length - 1);
    for (int i = 0; i < lists.scores().length; i++) {
      lists.scores()[i] = awkward[random.nextInt(kinds)];
    }
    boolean finite = Arrays.stream(lists.scores()).noneMatch(Double::isInfinite);
    double value;
    double[] gradient;
    try {
      value = lists.value(loss);
      gradient = lists.gradient(loss);
    } catch (IllegalArgumentException e) {
      // Squares and straight lines have no limit at infinite distances.
      assertTrue(name.contains("squared") || name.contains("quantile"), () -> name + ": " + e);
      assertTrue(!finite && e.getMessage().contains("no limit"), () -> name + ": " + e);
      return;
    }
    assertFalse(Double.isNaN(value), () -> name + " of " + Arrays.toString(lists.scores()));
    for (double slope : gradient) {
      assertTrue(
          Double.isFinite(slope),
          () -> "%s: %s for %s".formatted(name, slope, Arrays.toString(lists.scores())));
    }
  }

  @Property(tries = 1500, seed = "1")
  void padding_changesNothing(@ForAll("names") String name, @ForAll long seed) {
    RankingLoss loss = Catalogue.losses().get(name);
    Lists lists = Lists.random(seed);
    int columns = lists.columns() + 3;
    Lists padded = Lists.random(new Random(seed ^ 1), lists.rows(), columns);
    Arrays.fill(padded.masked(), true);
    for (int r = 0; r < lists.rows(); r++) {
      for (int c = 0; c < lists.columns(); c++) {
        int from = r * lists.columns() + c;
        int to = r * columns + c + (c == 0 ? 0 : 2);
        padded.scores()[to] = lists.scores()[from];
        padded.labels()[to] = lists.labels()[from];
        padded.weights()[to] = lists.weights()[from];
        padded.masked()[to] = lists.masked()[from];
      }
    }
    assertEquals(lists.value(loss), padded.value(loss), 1e-12);
    double[] expected = lists.gradient(loss);
    double[] actual = padded.gradient(loss);
    for (int i = 0; i < expected.length; i++) {
      int c = i % lists.columns();
      int to = i / lists.columns() * columns + c + (c == 0 ? 0 : 2);
      assertEquals(expected[i], actual[to], 1e-10 * Math.max(1, Math.abs(expected[i])));
    }
  }
}
