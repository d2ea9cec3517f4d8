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

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(new ArrayList<>(Catalogue.losses().keySet()));
  }

  @Property(tries = 2500)
  void gradient_isTheCentralDifference(@ForAll("names") String name, @ForAll long seed) {
    RankingLoss loss = Catalogue.losses().get(name);
    Lists lists = Lists.random(seed);
    double[] gradient = lists.gradient(loss);
    for (int i = 0; i < gradient.length; i++) {
      double up = lists.withScore(i, lists.scores()[i] + STEP).value(loss);
      double down = lists.withScore(i, lists.scores()[i] - STEP).value(loss);
      double closerUp = lists.withScore(i, lists.scores()[i] + STEP / 8).value(loss);
      double closerDown = lists.withScore(i, lists.scores()[i] - STEP / 8).value(loss);
      double wide = (up - down) / (2 * STEP);
      double narrow = (closerUp - closerDown) / (STEP / 4);
      double allowed = 2e-4 * Math.max(1, Math.abs(gradient[i]));
      if (Math.abs(wide - narrow) < allowed) {
        // Elsewhere a kink lies between: not differentiable there.
        assertEquals(wide, gradient[i], allowed, "candidate " + i);
      }
    }
  }

  @Property(tries = 800)
  void value_isTheSameWithAndWithoutGradient(@ForAll("names") String name, @ForAll long seed) {
    RankingLoss loss = Catalogue.losses().get(name);
    Lists lists = Lists.random(seed);
    double[] gradient = new double[lists.scores().length];
    double value =
        loss.evaluate(lists.batch(ScoreArray.of(lists.scores())), ScoreArray.of(gradient));
    assertEquals(lists.value(loss), value);
  }

  @Property(tries = 2500)
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
    double value = lists.value(loss);
    assertFalse(Double.isNaN(value), () -> "value of " + Arrays.toString(lists.scores()));
    boolean finite = Arrays.stream(lists.scores()).noneMatch(Double::isInfinite);
    for (double slope : lists.gradient(loss)) {
      // Squares and straight lines have infinite slopes and values at infinite distances.
      assertTrue(
          finite ? Double.isFinite(slope) : !Double.isNaN(slope),
          () -> slope + " for " + Arrays.toString(lists.scores()));
    }
  }

  @Property(tries = 1500)
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
