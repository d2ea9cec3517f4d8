package io.solvegrad.example.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.jspecify.annotations.Nullable;

/**
 * Variants compared with the first of them over the same seeds.
 *
 * <p>A seed decides classes, batches and noise for all variants alike, so differences are taken
 * seed by seed: what is common to a seed cancels. The t test takes the differences as normal; the
 * signed rank test takes them as symmetric, and is exact up to 30 seeds. With 8 seeds the smallest
 * p that it can give is 2/256. Holm's correction makes the t tests of one table hold together.
 *
 * @param rows one for each variant, in their order
 */
public record PairedTable(List<Row> rows) {
  private static final int EXACT_SEEDS = 30;

  /**
   * A variant.
   *
   * @param name of the variant
   * @param values one for each seed
   * @param mean of the values
   * @param deviation standard deviation of the values, 0 for a single one
   * @param comparison with the first variant, or null for the first itself or with fewer than two
   *     seeds
   */
  public record Row(
      String name,
      List<Double> values,
      double mean,
      double deviation,
      @Nullable Comparison comparison) {}

  /**
   * A variant against the first one.
   *
   * @param difference mean of value minus first variant's value
   * @param deviation standard deviation of the differences
   * @param tTest p of the paired t test, two-sided
   * @param holm the same, corrected for the number of comparisons
   * @param signedRank p of the Wilcoxon signed rank test, two-sided
   */
  public record Comparison(
      double difference, double deviation, double tTest, double holm, double signedRank) {}

  /** Copies the rows. */
  public PairedTable {
    rows = List.copyOf(rows);
  }

  /**
   * Compares variants.
   *
   * @param values for each variant one value a seed, the seeds in the same order; the first variant
   *     is what the others are compared with. Not modified.
   * @return the table
   * @throws IllegalArgumentException if the numbers of values differ
   */
  public static PairedTable of(Map<String, double[]> values) {
    List<Row> rows = new ArrayList<>();
    double[] first = {};
    for (Map.Entry<String, double[]> variant : values.entrySet()) {
      double[] own = variant.getValue();
      first = rows.isEmpty() ? own : first;
      if (own.length != first.length) {
        throw new IllegalArgumentException(
            "variant %s has %d values instead of %d"
                .formatted(variant.getKey(), own.length, first.length));
      }
      Comparison comparison = rows.isEmpty() || own.length < 2 ? null : compare(first, own);
      rows.add(
          new Row(
              variant.getKey(),
              Arrays.stream(own).boxed().toList(),
              StatUtils.mean(own),
              own.length < 2 ? 0 : Math.sqrt(StatUtils.variance(own)),
              comparison));
    }
    return new PairedTable(corrected(rows));
  }

  private static Comparison compare(double[] first, double[] own) {
    double[] differences = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      differences[i] = own[i] - first[i];
    }
    double deviation = Math.sqrt(StatUtils.variance(differences));
    // Equal differences leave the tests without an answer: nothing is known of their spread.
    double t = deviation > 0 ? new TTest().pairedTTest(first, own) : 1;
    double signedRank =
        deviation > 0
            ? new WilcoxonSignedRankTest()
                .wilcoxonSignedRankTest(first, own, own.length <= EXACT_SEEDS)
            : 1;
    return new Comparison(StatUtils.mean(differences), deviation, t, t, signedRank);
  }

  /** Holm: the smallest p counts m times, the next m - 1 times, and none falls below its former. */
  private static List<Row> corrected(List<Row> rows) {
    List<Row> result = new ArrayList<>(rows);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).comparison() != null) {
        order.add(i);
      }
    }
    order.sort(Comparator.comparingDouble(i -> tTest(rows.get(i))));
    double largest = 0;
    for (int k = 0; k < order.size(); k++) {
      Row row = rows.get(order.get(k));
      Comparison plain = row.comparison();
      if (plain == null) {
        continue;
      }
      largest = Math.max(largest, Math.min(1, (order.size() - k) * plain.tTest()));
      Comparison holm =
          new Comparison(
              plain.difference(), plain.deviation(), plain.tTest(), largest, plain.signedRank());
      result.set(
          order.get(k), new Row(row.name(), row.values(), row.mean(), row.deviation(), holm));
    }
    return result;
  }

  private static double tTest(Row row) {
    Comparison comparison = row.comparison();
    return comparison == null ? Double.NaN : comparison.tTest();
  }

  /** {@return the table in Markdown} */
  public String markdown() {
    StringBuilder text =
        new StringBuilder(
            "| variant | seeds | mean | deviation | difference | its deviation | t test p"
                + " | p by Holm | signed rank p |\n|---|---|---|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.4f | %.4f |",
              row.name(),
              row.values().size(),
              row.mean(),
              row.deviation()));
      Comparison c = row.comparison();
      text.append(
          c == null
              ? " | | | | |\n"
              : String.format(
                  Locale.ROOT,
                  " %+.4f | %.4f | %.3g | %.3g | %.3g |%n",
                  c.difference(),
                  c.deviation(),
                  c.tTest(),
                  c.holm(),
                  c.signedRank()));
    }
    return text.toString();
  }
}
