package io.solvegrad.bench.compare;

import io.solvegrad.example.statistics.GroupBootstrap;
import io.solvegrad.example.statistics.PairedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * A loss in the table.
 *
 * @param finalist its runs
 * @param comparison with the reference; null for the reference itself or with fewer than two seeds
 */
record Standing(Finalist finalist, @Nullable Comparison comparison) {
  private static final int SEEDS_OF_SIGNED_RANK = 8;
  private static final int RESAMPLES = 10_000;
  private static final long BOOTSTRAP_SEED = 1;

  /**
   * The primary metric less that of the reference.
   *
   * @param test over seeds
   * @param holm p of the t test, corrected for the number of losses
   * @param bootstrap over the test classes or queries; null where runs measured different ones
   */
  record Comparison(PairedTest test, double holm, @Nullable GroupBootstrap bootstrap) {

    /** The signed rank test, from eight seeds on. */
    @Nullable Double signedRank(int seeds) {
      return seeds < SEEDS_OF_SIGNED_RANK ? null : test.signedRank();
    }
  }

  /** Compares every finalist with one of them. */
  static List<Standing> of(List<Finalist> finalists, Finalist reference, String metric) {
    double[] base = reference.measured(metric);
    List<PairedTest> tests = new ArrayList<>();
    for (Finalist finalist : finalists) {
      if (isCompared(finalist, reference)) {
        tests.add(PairedTest.of(base, finalist.measured(metric)));
      }
    }
    double[] holm = PairedTest.holm(tests.stream().mapToDouble(PairedTest::tTest).toArray());
    List<Standing> standings = new ArrayList<>();
    int next = 0;
    for (Finalist finalist : finalists) {
      Comparison comparison = null;
      if (isCompared(finalist, reference)) {
        comparison = new Comparison(tests.get(next), holm[next], bootstrap(reference, finalist));
        next++;
      }
      standings.add(new Standing(finalist, comparison));
    }
    return standings;
  }

  private static boolean isCompared(Finalist finalist, Finalist reference) {
    return !finalist.name().equals(reference.name()) && reference.runs().size() > 1;
  }

  private static @Nullable GroupBootstrap bootstrap(Finalist reference, Finalist own) {
    int[] counts = reference.runs().getFirst().measured().counts();
    double[] differences = new double[counts.length];
    int[] total = new int[counts.length];
    for (int s = 0; s < own.runs().size(); s++) {
      Quality a = reference.runs().get(s).measured();
      Quality b = own.runs().get(s).measured();
      if (reference.runs().get(s).test() == null || !Arrays.equals(b.counts(), counts)) {
        return null;
      }
      for (int g = 0; g < counts.length; g++) {
        differences[g] += b.sums()[g] - a.sums()[g];
        total[g] += counts[g];
      }
    }
    return GroupBootstrap.of(differences, total, RESAMPLES, BOOTSTRAP_SEED);
  }

  double mean(String metric) {
    return StatUtils.mean(finalist.measured(metric));
  }

  double deviation(String metric) {
    return PairedTest.deviation(finalist.measured(metric));
  }
}
