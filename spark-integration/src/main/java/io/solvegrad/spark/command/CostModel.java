package io.solvegrad.spark.command;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * Seconds of a distributed evaluation: secondsToOpen + rows / cores x secondsPerRow + jobs x
 * secondsPerJob + operations / cores x secondsPerGflop + bytes moved x secondsPerGigabyte. All but
 * the last are fitted to runs; the last is measured by itself, because on one machine it drowns in
 * the others.
 *
 * @param secondsToOpen what an evaluation costs, whatever its size
 * @param secondsPerRow of queries or gallery, to be read, checked and packed by one core
 * @param secondsPerJob what starting a job costs, whatever it does
 * @param secondsPerGflop of one core
 * @param secondsPerGigabyte moved between the driver and executors
 */
record CostModel(
    double secondsToOpen,
    double secondsPerRow,
    double secondsPerJob,
    double secondsPerGflop,
    double secondsPerGigabyte) {
  private static final double GIGA = 1e9;
  private static final int FITTED = 4;

  /**
   * What an evaluation has to do.
   *
   * @param queries number of queries
   * @param gallery number of gallery items
   * @param dimension components of an embedding
   * @param relevant relevant candidates of a query, on average
   * @param blockSize queries in a block
   * @param cores cores of all executors
   * @param executors processes that each receive every block
   */
  record Work(
      long queries,
      long gallery,
      int dimension,
      double relevant,
      int blockSize,
      int cores,
      int executors) {

    /** Two jobs for each block of queries. */
    double jobs() {
      return 2 * Math.ceil((double) queries / blockSize);
    }

    /** A multiplication and an addition for each component of each pair. */
    double gflop() {
      return 2.0 * queries * gallery * dimension / GIGA;
    }

    /**
     * The block goes to each executor twice; each relevant candidate comes once (12 bytes), goes to
     * each executor (12), and is counted by each (4).
     */
    double gigabytes() {
      double block = 2.0 * 4 * dimension * executors;
      double candidates = relevant * (12 + 16.0 * executors);
      return queries * (block + candidates) / GIGA;
    }

    private double[] terms() {
      return new double[] {1, (double) (queries + gallery) / cores, jobs(), gflop() / cores};
    }
  }

  /**
   * A run that was measured.
   *
   * @param work what it did
   * @param seconds how long it took
   */
  record Run(Work work, double seconds) {}

  /**
   * The fit of the least squares of relative errors, so that small runs count as much as large
   * ones; a term that would come out negative is left out, since time is not.
   *
   * @param runs what was measured
   * @param secondsPerGigabyte measured by itself
   * @throws IllegalArgumentException if there are not more runs than terms
   */
  static CostModel fit(List<Run> runs, double secondsPerGigabyte) {
    if (runs.size() <= FITTED) {
      throw new IllegalArgumentException(
          "%d runs cannot fit %d terms".formatted(runs.size(), FITTED));
    }
    int[] kept = {0, 1, 2, 3};
    while (true) {
      double[] fitted = regress(runs, kept, secondsPerGigabyte);
      int worst = 0;
      for (int i = 1; i < fitted.length; i++) {
        worst = fitted[i] < fitted[worst] ? i : worst;
      }
      if (fitted[worst] >= 0) {
        double[] all = new double[FITTED];
        for (int i = 0; i < fitted.length; i++) {
          all[kept[i]] = fitted[i];
        }
        return new CostModel(all[0], all[1], all[2], all[3], secondsPerGigabyte);
      }
      int dropped = kept[worst];
      kept = IntStream.of(kept).filter(term -> term != dropped).toArray();
    }
  }

  private static double[] regress(List<Run> runs, int[] kept, double secondsPerGigabyte) {
    double[][] x =
        runs.stream()
            .map(run -> {
              double[] terms = run.work().terms();
              return IntStream.of(kept).mapToDouble(i -> terms[i] / run.seconds()).toArray();
            })
            .toArray(double[][]::new);
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.setNoIntercept(true);
    double[] unmoved =
        runs.stream()
            .mapToDouble(run -> 1 - run.work().gigabytes() * secondsPerGigabyte / run.seconds())
            .toArray();
    regression.newSampleData(unmoved, x);
    return regression.estimateRegressionParameters();
  }

  double seconds(Work work) {
    return secondsToOpen
        + (double) (work.queries() + work.gallery()) / work.cores() * secondsPerRow
        + work.jobs() * secondsPerJob
        + work.gflop() / work.cores() * secondsPerGflop
        + work.gigabytes() * secondsPerGigabyte;
  }
}
