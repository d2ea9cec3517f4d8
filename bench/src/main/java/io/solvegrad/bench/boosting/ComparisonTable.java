package io.solvegrad.bench.boosting;

import io.solvegrad.example.statistics.PairedTest;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The outcome as Markdown: for each metric the tuned setting of every objective, mean and standard
 * deviation over seeds, and how it differs from the best of the libraries' own objectives. Two
 * tests: over seeds (does another sample of the rows change the order?) and over queries, each
 * query's mean over seeds (would other queries?).
 */
record ComparisonTable(List<Setting> settings, Map<Setting, Map<String, double[]>> tuned) {

  void print(Function<Setting, List<Map<String, double[]>>> runs, PrintWriter console) {
    Map<String, List<Setting>> families =
        settings.stream()
            .collect(
                Collectors.groupingBy(Setting::family, LinkedHashMap::new, Collectors.toList()));
    for (String metric : List.of("NDCG@10", "AP", "recall@5")) {
      Map<Setting, double[][]> measured = new LinkedHashMap<>();
      for (List<Setting> family : families.values()) {
        Setting best = BoostCommand.best(family, tuned, metric);
        measured.put(
            best, runs.apply(best).stream().map(run -> run.get(metric)).toArray(double[][]::new));
      }
      table(metric, measured, console);
    }
  }

  private void table(String metric, Map<Setting, double[][]> measured, PrintWriter console) {
    double[][] reference =
        measured.entrySet().stream()
            .filter(e -> e.getKey().ours() == null)
            .map(Map.Entry::getValue)
            .max((a, b) -> Double.compare(StatUtils.mean(bySeed(a)), StatUtils.mean(bySeed(b))))
            .orElse(new double[0][]);
    console.printf(
        "%n| objective, tuned for %s | validation | test, mean (sd) of seeds | less the best own"
            + " | p over seeds, t / Wilcoxon | p over queries | setting |%n",
        metric);
    console.println("|---|---|---|---|---|---|---|");
    measured.forEach((setting, runs) -> {
      double[] seeds = bySeed(runs);
      console.printf(
          "| %s | %.4f | %.4f (%.4f) | %s | %s %s |%n",
          setting.family(),
          mean(tuned, setting, metric),
          StatUtils.mean(seeds),
          PairedTest.deviation(seeds),
          reference.length == 0 || Arrays.deepEquals(runs, reference)
              ? "- | - | -"
              : tests(runs, reference),
          new TreeMap<>(setting.parameters()),
          setting.ourSetting());
    });
    console.flush();
  }

  private static String tests(double[][] ours, double[][] own) {
    double[] a = bySeed(ours);
    double[] b = bySeed(own);
    PairedTest overSeeds = PairedTest.of(b, a);
    return "%+.4f | %.3f / %.3f | %.3f"
        .formatted(
            overSeeds.difference(),
            overSeeds.tTest(),
            overSeeds.signedRank(),
            PairedTest.of(byQuery(own), byQuery(ours)).tTest());
  }

  /** The mean over the queries that have something to find, for each seed. */
  private static double[] bySeed(double[][] runs) {
    return Arrays.stream(runs).mapToDouble(ComparisonTable::mean).toArray();
  }

  /** The mean over seeds, for each query that has something to find. */
  private static double[] byQuery(double[][] runs) {
    double[] means = new double[runs[0].length];
    for (int q = 0; q < means.length; q++) {
      for (double[] run : runs) {
        means[q] += run[q] / runs.length;
      }
    }
    return DoubleStream.of(means).filter(m -> !Double.isNaN(m)).toArray();
  }

  private static double mean(double[] queries) {
    return DoubleStream.of(queries).filter(q -> !Double.isNaN(q)).average().orElse(Double.NaN);
  }

  static double mean(Map<Setting, Map<String, double[]>> tuned, Setting setting, String metric) {
    return mean(tuned.getOrDefault(setting, Map.of()).getOrDefault(metric, new double[0]));
  }

  /** The queries of all folds, one behind the other. */
  static Map<String, double[]> joined(List<Map<String, double[]>> folds) {
    Map<String, double[]> all = new LinkedHashMap<>();
    for (String metric : folds.getFirst().keySet()) {
      all.put(
          metric,
          folds.stream()
              .map(fold -> fold.getOrDefault(metric, new double[0]))
              .flatMapToDouble(DoubleStream::of)
              .toArray());
    }
    return all;
  }
}
