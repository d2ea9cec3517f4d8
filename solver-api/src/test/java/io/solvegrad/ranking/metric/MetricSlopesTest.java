package io.solvegrad.ranking.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Ranks;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What every metric pushes into ranks that may lie between whole numbers. */
final class MetricSlopesTest {
  private static final String SEED = "77";
  private static final double STEP = 1e-6;

  /** A sum of steps has no derivative; its slope is borrowed. */
  private static final String STEPS = "1 - recall at 1 and 3";

  /** Labels and ranks of a list; the ranks are those of no ranking, as smooth rankers' are. */
  private record Sample(FixedRanks.Labels labels, double[] rank, double[] among) {

    static Sample random(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int n = random.nextInt(1, 5);
      double[] rank = random.doubles(n, 1.01, 7).toArray();
      double[] among =
          DoubleStream.of(rank).map(r -> 1 + random.nextDouble(0.01, 0.99) * (r - 1)).toArray();
      double[] grades = random.ints(n, 1, 4).mapToDouble(g -> g).toArray();
      double[] weights = random.doubles(n, 0.5, 2).toArray();
      return new Sample(new FixedRanks.Labels(9, grades, weights), rank, among);
    }

    FixedRanks ranks() {
      return new FixedRanks(rank, among);
    }

    /** The change of a loss with the ranks of one candidate, by central differences. */
    double slope(RankMetric<? super Ranks> metric, int k, double rankStep, double amongStep) {
      double up = metric.loss(labels, ranks().moved(k, rankStep, amongStep), 1);
      double down = metric.loss(labels, ranks().moved(k, -rankStep, -amongStep), 1);
      return (up - down) / (2 * STEP);
    }
  }

  @Property(seed = SEED, tries = 200)
  void factors_areInsideThePushes(@ForAll long seed) {
    Sample sample = Sample.random(seed);
    for (Textbook book : Textbook.all()) {
      FixedRanks plain = sample.ranks();
      FixedRanks quarter = sample.ranks();
      double loss = book.metric().loss(sample.labels, plain, 1);
      // The loss that is returned is without the factor.
      assertEquals(loss, book.metric().loss(sample.labels, quarter, 0.25), book.name());
      for (int k = 0; k < sample.rank.length; k++) {
        assertEquals(plain.pushedRank(k) / 4, quarter.pushedRank(k), book.name());
        assertEquals(plain.pushedAmong(k) / 4, quarter.pushedAmong(k), book.name());
        assertEquals(plain.pushedWorth(k) / 4, quarter.pushedWorth(k), book.name());
        assertTrue(plain.pushedWorth(k) <= 0, book + ": no loss rises with the worth of a place");
      }
    }
  }

  @Property(seed = SEED, tries = 200)
  void pushes_areTheDerivatives(@ForAll long seed) {
    Sample sample = Sample.random(seed);
    for (Textbook book : Textbook.all()) {
      if (book.name().equals(STEPS)) {
        continue;
      }
      FixedRanks ranks = sample.ranks();
      book.metric().loss(sample.labels, ranks, 1);
      for (int k = 0; k < sample.rank.length; k++) {
        String what = book.name() + " of " + sample.rank[k] + ", " + sample.among[k];
        double byRank = sample.slope(book.metric(), k, STEP, 0);
        double byAmong = sample.slope(book.metric(), k, 0, STEP);
        assertEquals(byRank, ranks.pushedRank(k), 1e-5, what);
        assertEquals(byAmong, ranks.pushedAmong(k), 1e-5, what);
      }
    }
  }

  @Test
  void best_isTheLargestWorthOfAll() {
    double[] worth = {0.25, 0.5, 0.5, 0.125};
    int[] asked = {-1};
    PositionValues values =
        (position, k, upstream) -> {
          asked[0] = upstream == 0 ? asked[0] : k;
          return worth[k];
        };
    assertEquals(0.5, values.best(PositionFunction.reciprocal(), 4, 1));
    assertEquals(1, asked[0], "the first of two");
    assertEquals(0.25, values.best(PositionFunction.reciprocal(), 1, 1));
    assertEquals(0, asked[0]);
    assertEquals(17, values.retrieved(17));
  }

  /** Below k places are worth min(1, log(1 + k) / log(1 + rank)), for those who learn from it. */
  @Test
  void within_pullsTowardsK() {
    PositionFunction first = PositionFunction.within(3);
    assertEquals(1, first.at(3));
    assertEquals(0, first.at(4));
    assertEquals(0, first.integerSlope(3));
    assertEquals(Math.log(4) / Math.log(5) - 1, first.integerSlope(4), 1e-15);
    for (double rank : new double[] {1, 2.9, 3.1, 8, 1000}) {
      double quotient = first.descent().at(rank + STEP) - first.descent().at(rank - STEP);
      assertEquals(quotient / (2 * STEP), first.descent().slope(rank), 1e-8, "rank " + rank);
    }
    assertTrue(first.descent().slope(8) < first.descent().slope(1000), "it fades");
  }
}
