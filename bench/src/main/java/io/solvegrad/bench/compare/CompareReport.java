package io.solvegrad.bench.compare;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.report.LineChart;
import io.solvegrad.example.report.Page;
import io.solvegrad.example.statistics.GroupBootstrap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a comparison: {@code results.json}, {@code table.md}, {@code report.html} and three
 * charts.
 *
 * @param task what was trained
 * @param standings the losses, in any order
 * @param reference the loss that the others are compared with
 * @param seeds of the runs that every loss has finished
 * @param planned how many seeds were asked for
 * @param times of the losses; those that were not measured are left out
 * @param budget seconds that were turned into steps; null where steps were given
 * @param opensTest whether the runs were measured on the test classes
 */
record CompareReport(
    Task task,
    List<Standing> standings,
    Finalist reference,
    List<Long> seeds,
    int planned,
    StepTimes times,
    @Nullable Double budget,
    boolean opensTest) {
  private static final ObjectWriter JSON =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
  private static final String NOTHING = "-";
  // More lines cannot be told apart.
  private static final int LINES = 12;

  CompareReport {
    String primary = task.primary();
    standings =
        standings.stream()
            .sorted(Comparator.comparingDouble((Standing s) -> -s.mean(primary)))
            .toList();
  }

  void write(Path folder) throws IOException {
    AtomicFiles.write(
        folder.resolve("results.json"), file -> file.write(JSON.writeValueAsBytes(results())));
    AtomicFiles.write(folder.resolve("table.md"), markdown());
    Page page =
        new Page("Losses compared on " + task.settings().get("data"), new Headline(this).text());
    page.table("Result", resultColumns(), resultRows());
    if (!testRows().isEmpty()) {
      page.table("Tests against " + reference.name(), TEST_COLUMNS, testRows());
    }
    chart(page, folder, "steps", "By steps", byProgress("steps", null));
    chart(page, folder, "seconds", "By seconds", byProgress("seconds", times));
    chart(page, folder, "lengths", "Time of the loss by the length of its lists", byLength());
    if (isTuned()) {
      page.table("Tuning", TUNING_COLUMNS, tuningRows());
    }
    page.settings(settings()).write(folder.resolve("report.html"));
  }

  private static void chart(Page page, Path folder, String name, String heading, LineChart chart)
      throws IOException {
    if (!chart.isEmpty()) {
      chart.write(folder.resolve(name + ".png"));
      page.section(
          heading,
          chart.picture(heading + ", a line for each of the best losses; see the tables."));
    }
  }

  boolean isTuned() {
    return standings.stream().anyMatch(standing -> standing.finalist().tuning().size() > 1);
  }

  /** The tables in Markdown. */
  String markdown() {
    return new Headline(this).text()
        + "\n\n"
        + markdown(resultColumns(), resultRows())
        + (testRows().isEmpty() ? "" : "\n" + markdown(TEST_COLUMNS, testRows()));
  }

  private static String markdown(List<String> columns, List<List<String>> rows) {
    StringBuilder text = new StringBuilder("| " + String.join(" | ", columns) + " |\n");
    text.append("|---".repeat(columns.size())).append("|\n");
    rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
    return text.toString();
  }

  private List<String> resultColumns() {
    List<String> columns = new ArrayList<>(List.of("loss", "setting", "steps"));
    columns.addAll(task.metrics());
    columns.addAll(List.of("ms a step", "ms the loss", "peak MB", "lists without gradient"));
    return columns;
  }

  private List<List<String>> resultRows() {
    List<List<String>> rows = new ArrayList<>();
    for (Standing standing : standings) {
      Finalist finalist = standing.finalist();
      List<String> row = new ArrayList<>();
      row.add(finalist.name());
      row.add(setting(finalist.chosen()));
      row.add(Long.toString(finalist.steps()));
      for (String metric : task.metrics()) {
        row.add(
            number("%.4f", standing.mean(metric))
                + (seeds.size() == 1 ? "" : number(" \u00b1 %.4f", standing.deviation(metric))));
      }
      StepTimes.Time time = times.losses().get(finalist.name());
      double peak = finalist.peakMegabytes();
      row.add(time == null ? NOTHING : number("%.2f", time.stepMillis()));
      row.add(time == null ? NOTHING : number("%.3f", time.lossMillis()));
      row.add(Double.isNaN(peak) ? NOTHING : number("%.0f", peak));
      row.add(number("%.1f %%", 100 * finalist.zeroGradients()));
      rows.add(row);
    }
    return rows;
  }

  private String setting(Variant variant) {
    return variant.options().isEmpty()
        ? "defaults: " + task.loss(variant).describe()
        : variant.text();
  }

  private static final List<String> TEST_COLUMNS =
      List.of(
          "loss",
          "difference",
          "its deviation",
          "paired t p",
          "p by Holm",
          "signed rank p",
          "bootstrap 95 %",
          "bootstrap p");

  private List<List<String>> testRows() {
    List<List<String>> rows = new ArrayList<>();
    for (Standing standing : standings) {
      Standing.Comparison c = standing.comparison();
      if (c == null) {
        continue;
      }
      GroupBootstrap drawn = c.bootstrap();
      Double signedRank = c.signedRank(seeds.size());
      rows.add(
          List.of(
              standing.finalist().name(),
              number("%+.4f", c.test().difference()),
              number("%.4f", c.test().deviation()),
              number("%.3g", c.test().tTest()),
              number("%.3g", c.holm()),
              signedRank == null ? NOTHING : number("%.3g", signedRank),
              drawn == null
                  ? NOTHING
                  : String.format(Locale.ROOT, "%+.4f to %+.4f", drawn.low(), drawn.high()),
              drawn == null ? NOTHING : number("%.3g", drawn.pValue())));
    }
    return rows;
  }

  private static final List<String> TUNING_COLUMNS =
      List.of("loss", "setting", "validation", "chosen");

  private List<List<String>> tuningRows() {
    List<List<String>> rows = new ArrayList<>();
    for (Standing standing : standings) {
      for (Finalist.Tried tried : standing.finalist().tuning()) {
        rows.add(
            List.of(
                standing.finalist().name(),
                setting(tried.variant()),
                tried.validation() == null ? "failed" : number("%.4f", tried.validation()),
                tried.variant().equals(standing.finalist().chosen()) ? "yes" : ""));
      }
    }
    return rows;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** The best losses, and the reference. */
  private List<Finalist> drawn() {
    List<Finalist> drawn =
        new ArrayList<>(standings.stream().limit(LINES).map(Standing::finalist).toList());
    if (drawn.stream().noneMatch(finalist -> finalist.name().equals(reference.name()))) {
      drawn.set(LINES - 1, reference);
    }
    return drawn;
  }

  /** The primary metric on validation classes along the way, mean over seeds. */
  private LineChart byProgress(String axis, @Nullable StepTimes clock) {
    List<LineChart.Series> lines = new ArrayList<>();
    for (Finalist finalist : drawn()) {
      StepTimes.Time time = clock == null ? null : clock.losses().get(finalist.name());
      if (clock == null || time != null) {
        double unit = time == null ? 1 : time.stepMillis() / 1e3;
        lines.add(line(finalist, unit));
      }
    }
    return new LineChart(axis, "validation " + task.primary(), null, false, lines);
  }

  private static LineChart.Series line(Finalist finalist, double unit) {
    List<LineChart.Point> points = new ArrayList<>();
    List<Outcome.Point> first = finalist.runs().getFirst().curve();
    for (int p = 0; p < first.size(); p++) {
      int place = p;
      double value =
          finalist.runs().stream()
              .mapToDouble(run -> run.curve().get(place).value())
              .average()
              .orElse(Double.NaN);
      points.add(new LineChart.Point(unit * first.get(p).step(), value));
    }
    return new LineChart.Series(finalist.name(), points, false, true);
  }

  private LineChart byLength() {
    List<LineChart.Series> lines = new ArrayList<>();
    for (Finalist finalist : drawn()) {
      StepTimes.Time time = times.losses().get(finalist.name());
      if (time != null) {
        List<LineChart.Point> points =
            time.lengths().stream()
                .map(length -> new LineChart.Point(length.length(), length.micros()))
                .toList();
        lines.add(new LineChart.Series(finalist.name(), points, false, true));
      }
    }
    return new LineChart("candidates a list", "microseconds a list", null, true, lines);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(task.settings());
    settings.put("budget", new Headline(this).duration());
    settings.put("seeds", seeds.toString());
    settings.put("measured on", opensTest ? "test " + task.groups() : "validation");
    if (!times.losses().isEmpty()) {
      settings.put("times measured on", times.machine());
    }
    return settings;
  }

  private Map<String, Object> results() {
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("command", "compare");
    results.put("settings", settings());
    results.put("metric", task.primary());
    results.put("reference", reference.name());
    results.put("seeds", seeds);
    Map<String, Long> steps = new LinkedHashMap<>();
    standings.forEach(s -> steps.put(s.finalist().name(), s.finalist().steps()));
    results.put("steps", steps);
    results.put("losses", standings.stream().map(this::json).toList());
    results.put("times", times.losses());
    return results;
  }

  private Map<String, Object> json(Standing standing) {
    Finalist finalist = standing.finalist();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", finalist.name());
    row.put("options", finalist.chosen().text());
    row.put("loss", task.loss(finalist.chosen()).describe());
    row.put("steps", finalist.steps());
    for (String metric : task.metrics()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("mean", standing.mean(metric));
      values.put("deviation", standing.deviation(metric));
      values.put("values", finalist.measured(metric));
      row.put(metric, values);
    }
    row.put("validation", finalist.validation(task.primary()));
    row.put("zeroGradients", finalist.zeroGradients());
    double peak = finalist.peakMegabytes();
    row.put("peakMegabytes", Double.isNaN(peak) ? null : peak);
    Standing.Comparison c = standing.comparison();
    if (c != null) {
      row.put("difference", c.test().difference());
      row.put("differenceDeviation", c.test().deviation());
      row.put("pValue", c.test().tTest());
      row.put("pValueHolm", c.holm());
      row.put("pValueSignedRank", c.signedRank(seeds.size()));
      GroupBootstrap drawn = c.bootstrap();
      row.put("pValueBootstrap", drawn == null ? null : drawn.pValue());
      row.put("bootstrap", drawn);
    }
    row.put("tuning", finalist.tuning());
    row.put("curve", line(finalist, 1).points());
    return row;
  }
}
