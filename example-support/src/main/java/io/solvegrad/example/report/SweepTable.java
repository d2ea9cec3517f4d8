package io.solvegrad.example.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.solvegrad.example.statistics.PairedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
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
public record SweepTable(List<Row> rows) {
  /** Headings of the {@link #cells}. */
  public static final List<String> COLUMNS =
      List.of(
          "variant",
          "seeds",
          "mean",
          "deviation",
          "difference",
          "its deviation",
          "t test p",
          "p by Holm",
          "signed rank p");

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
   * @param test value minus first variant's value, seed by seed
   * @param holm p of the t test, corrected for the number of comparisons
   */
  public record Comparison(@JsonUnwrapped PairedTest test, double holm) {}

  /** Copies the rows. */
  public SweepTable {
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
  public static SweepTable of(Map<String, double[]> values) {
    List<double[]> all = List.copyOf(values.values());
    double[] first = all.isEmpty() ? new double[0] : all.getFirst();
    values.forEach((name, own) -> {
      if (own.length != first.length) {
        throw new IllegalArgumentException(
            "variant %s has %d values instead of %d".formatted(name, own.length, first.length));
      }
    });
    List<@Nullable Comparison> comparisons =
        first.length < 2
            ? Collections.nCopies(all.size(), null)
            : comparisons(first, all.subList(1, all.size()));
    List<Row> rows = new ArrayList<>();
    values.forEach((name, own) ->
        rows.add(
            new Row(
                name,
                Arrays.stream(own).boxed().toList(),
                StatUtils.mean(own),
                PairedTest.deviation(own),
                comparisons.get(rows.size()))));
    return new SweepTable(rows);
  }

  /** The comparisons with the first variant, which itself has none. */
  private static List<@Nullable Comparison> comparisons(double[] first, List<double[]> others) {
    List<PairedTest> tests = others.stream().map(own -> PairedTest.of(first, own)).toList();
    double[] holm = PairedTest.holm(tests.stream().mapToDouble(PairedTest::tTest).toArray());
    List<@Nullable Comparison> comparisons = new ArrayList<>();
    comparisons.add(null);
    for (int i = 0; i < holm.length; i++) {
      comparisons.add(new Comparison(tests.get(i), holm[i]));
    }
    return comparisons;
  }

  /** {@return the table as text, row by row; see {@link #COLUMNS}} */
  public List<List<String>> cells() {
    List<List<String>> cells = new ArrayList<>();
    for (Row row : rows) {
      List<String> texts = new ArrayList<>();
      texts.add(row.name());
      texts.add(Integer.toString(row.values().size()));
      texts.add(String.format(Locale.ROOT, "%.4f", row.mean()));
      texts.add(String.format(Locale.ROOT, "%.4f", row.deviation()));
      Comparison c = row.comparison();
      if (c == null) {
        texts.addAll(List.of("", "", "", "", ""));
      } else {
        texts.add(String.format(Locale.ROOT, "%+.4f", c.test().difference()));
        texts.add(String.format(Locale.ROOT, "%.4f", c.test().deviation()));
        texts.add(String.format(Locale.ROOT, "%.3g", c.test().tTest()));
        texts.add(String.format(Locale.ROOT, "%.3g", c.holm()));
        texts.add(String.format(Locale.ROOT, "%.3g", c.test().signedRank()));
      }
      cells.add(texts);
    }
    return cells;
  }

  /** {@return the table in Markdown} */
  public String markdown() {
    StringBuilder text = new StringBuilder("| " + String.join(" | ", COLUMNS) + " |\n");
    text.append("|---".repeat(COLUMNS.size())).append("|\n");
    for (List<String> row : cells()) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
    return text.toString();
  }
}
