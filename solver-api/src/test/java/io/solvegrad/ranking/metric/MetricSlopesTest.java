package io.solvegrad.ranking.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankTerm;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.TargetRanks;
import io.solvegrad.ranking.Targets;
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

  /** Labels, weights and ranks of a list; ranks are those of no ranking, as smooth rankers' are. */
  private record Sample(double[] grades, double[] weights, double[] ranks, double[] among)
      implements Targets {

    static Sample random(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int n = random.nextInt(1, 5);
      double[] ranks = random.doubles(n, 1.01, 7).toArray();
      return new Sample(
          random.ints(n, 1, 4).mapToDouble(g -> g).toArray(),
          random.doubles(n, 0.5, 2).toArray(),
          ranks,
          DoubleStream.of(ranks)
              .map(rank -> 1 + random.nextDouble(0.01, 0.99) * (rank - 1))
              .toArray());
    }

    @Override
    public int count() {
      return grades.length;
    }

    @Override
    public int candidates() {
      return 9;
    }

    @Override
    public double grade(int k) {
      return grades[k];
    }

    @Override
    public double weight(int k) {
      return weights[k];
    }
  }

  /** Ranks as they are given, without cut-offs. */
  private static final class Given extends TargetRanks {
    private final double[] worthSlopes;

    Given(Sample sample, int moved, double rankStep, double amongStep) {
      reset(sample.count());
      worthSlopes = new double[sample.count()];
      for (int k = 0; k < sample.count(); k++) {
        boolean here = k == moved;
        set(k, sample.ranks[k] + (here ? rankStep : 0), sample.among[k] + (here ? amongStep : 0));
      }
    }

    @Override
    public double value(PositionFunction position, int k, double upstream) {
      pushRank(k, upstream * position.discount().slope(rank(k)));
      worthSlopes[k] += upstream;
      return position.discount().at(rank(k));
    }

    @Override
    public double term(RankTerm term, int cutoff, int k, double upstream) {
      super.term(term, cutoff, k, upstream);
      return term.at(rank(k), among(k));
    }

    double rankSlope(int k) {
      return rankUpstream(k);
    }

    double amongSlope(int k) {
      return amongUpstream(k);
    }
  }

  private static double loss(
      RankMetric<? super Ranks> metric, Sample sample, int moved, double rank, double among) {
    return metric.loss(sample, new Given(sample, moved, rank, among), 1);
  }

  @Property(seed = SEED, tries = 200)
  void factors_areInsideThePushes(@ForAll long seed) {
    Sample sample = Sample.random(seed);
    for (Textbook book : Textbook.all()) {
      Given plain = new Given(sample, -1, 0, 0);
      Given quarter = new Given(sample, -1, 0, 0);
      double loss = book.metric().loss(sample, plain, 1);
      // The loss that is returned is without the factor.
      assertEquals(loss, book.metric().loss(sample, quarter, 0.25), book.name());
      for (int k = 0; k < sample.count(); k++) {
        assertEquals(plain.rankSlope(k) / 4, quarter.rankSlope(k), book.name());
        assertEquals(plain.amongSlope(k) / 4, quarter.amongSlope(k), book.name());
        assertEquals(plain.worthSlopes[k] / 4, quarter.worthSlopes[k], book.name());
        assertTrue(plain.worthSlopes[k] <= 0, book + ": no loss rises with the worth of a place");
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
      Given given = new Given(sample, -1, 0, 0);
      RankMetric<? super Ranks> metric = book.metric();
      metric.loss(sample, given, 1);
      for (int k = 0; k < sample.count(); k++) {
        double byRank = loss(metric, sample, k, STEP, 0) - loss(metric, sample, k, -STEP, 0);
        double byAmong = loss(metric, sample, k, 0, STEP) - loss(metric, sample, k, 0, -STEP);
        String what = book.name() + " of " + sample.ranks[k] + ", " + sample.among[k];
        assertEquals(byRank / (2 * STEP), given.rankSlope(k), 1e-5, what);
        assertEquals(byAmong / (2 * STEP), given.amongSlope(k), 1e-5, what);
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
