package io.solvegrad.learning.report;

import static io.solvegrad.example.report.Html.escape;

import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.report.Html;
import io.solvegrad.example.report.LineChart;
import io.solvegrad.example.report.Page;
import io.solvegrad.learning.problem.Instance;
import io.solvegrad.learning.problem.Problem;
import io.solvegrad.learning.training.Settings;
import io.solvegrad.learning.training.TrainingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A run on one page: what the nets reach, how they got there, true and predicted solutions.
 *
 * @param problem what was learnt
 * @param settings how
 * @param outcomes of the nets, in the order to show
 * @param rows names and values of the settings, in the order to show
 */
public record SolveReport(
    Problem problem, Settings settings, List<Outcome> outcomes, Map<String, String> rows) {

  /** Copies the list. */
  public SolveReport {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Writes {@code report.html}, {@code training-curve.png} and a picture for each example and net.
   * Each file is written whole or not at all.
   *
   * @param folder takes the files; made if missing
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder) throws IOException {
    LineChart learning = learning();
    if (!learning.isEmpty()) {
      learning.write(folder.resolve("training-curve.png"));
    }
    Page page =
        new Page("Learning " + problem.name() + " through a solver", summary())
            .table(
                "Result",
                List.of("what learns", "optimal", "steps", "seconds of training"),
                table());
    if (!learning.isEmpty()) {
      page.section("Training", learning.picture(describe()) + gradients());
    }
    page.section("True and predicted " + problem.solutions(), examples(folder));
    page.settings(rows).write(folder.resolve("report.html"));
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "Nets that see pixels were shown the best %s of %d examples, not what things cost. Of %d"
            + " examples that they had never seen, %s. Optimal means: the predicted solution has"
            + " the least true cost.",
        problem.solutions(),
        settings.instances(),
        settings.tests(),
        String.join(
            ", ",
            outcomes.stream()
                .map(o ->
                    String.format(
                        Locale.ROOT, "%.1f %% optimal (%s)", 100 * o.optimalShare(), o.name()))
                .toList()));
  }

  private List<List<String>> table() {
    return outcomes.stream()
        .map(o ->
            List.of(
                o.name(),
                String.format(Locale.ROOT, "%.1f %%", 100 * o.optimalShare()),
                Long.toString(o.steps()),
                String.format(Locale.ROOT, "%.0f", o.seconds())))
        .toList();
  }

  private LineChart learning() {
    return new LineChart(
        "seconds of training",
        "share optimal in the batches",
        null,
        false,
        outcomes.stream().map(o -> series(o, o.name(), TrainingPoint::optimal)).toList());
  }

  private static LineChart.Series series(
      Outcome outcome, String name, ToDoubleFunction<TrainingPoint> value) {
    return new LineChart.Series(
        name,
        outcome.course().stream()
            .map(p -> new LineChart.Point(p.seconds(), value.applyAsDouble(p)))
            .toList(),
        false,
        false);
  }

  private String describe() {
    List<String> parts = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (!outcome.course().isEmpty()) {
        parts.add(
            String.format(
                Locale.ROOT,
                "%s from %.3f to %.3f",
                outcome.name(),
                outcome.course().getFirst().optimal(),
                outcome.course().getLast().optimal()));
      }
    }
    return "Share of optimal solutions in the training batches: " + String.join(", ", parts) + ".";
  }

  /** Loss and zero gradients of the net with the solver. */
  private String gradients() {
    Outcome first = outcomes.getFirst();
    LineChart chart =
        new LineChart(
            "seconds of training",
            "wrong entries of a solution",
            "share without a gradient",
            false,
            List.of(
                series(first, "loss", TrainingPoint::loss),
                new LineChart.Series(
                    "no gradient",
                    first.course().stream()
                        .map(p -> new LineChart.Point(p.seconds(), p.zeroGradients()))
                        .toList(),
                    true,
                    false)));
    return "<h3>Net and solver: loss, and examples without a gradient</h3>\n"
        + chart.picture("Loss and share of examples without a gradient over the training.");
  }

  private String examples(Path folder) throws IOException {
    StringBuilder page = new StringBuilder("<p>" + escape(problem.legend()) + "</p>\n");
    for (int i = 0; i < outcomes.getFirst().shown().length; i++) {
      Instance instance = problem.instance(Settings.testIndex(i));
      page.append("<h3>Unseen example ").append(i + 1).append("</h3>\n<div class=\"pictures\">\n");
      for (Outcome outcome : outcomes) {
        double[] predicted = outcome.shown()[i];
        byte[] png =
            Html.png(
                problem.picture(Settings.testIndex(i), List.of(instance.solution(), predicted)));
        String name =
            "example-%d-%s.png"
                .formatted(i + 1, outcome.predictor().toString().toLowerCase(Locale.ROOT));
        AtomicFiles.write(folder.resolve(name), out -> out.write(png));
        page.append(figure(outcome, png, predicted, instance));
      }
      page.append("</div>\n");
    }
    return page.toString();
  }

  private String figure(Outcome outcome, byte[] png, double[] predicted, Instance instance) {
    boolean right = instance.isOptimal(predicted, problem.solver());
    return """
    <figure class="%s"><img src="%s" alt="%s: %s"><figcaption><span class="mark %1$s">%s</span>\
    %3$s: %4$s</figcaption></figure>
    """
        .formatted(
            right ? "right" : "wrong",
            Html.dataUri(png),
            escape(outcome.name()),
            escape(verdict(predicted, right, instance)),
            right ? "\u2713 optimal" : "\u2717 not optimal");
  }

  private String verdict(double[] predicted, boolean right, Instance instance) {
    if (!right && !instance.isSolution(predicted, problem.solver())) {
      return "what it chose is none of the possible " + problem.solutions();
    }
    String cost = String.format(Locale.ROOT, "true cost %.2f", instance.cost(predicted));
    return right
        ? cost
        : cost + String.format(Locale.ROOT, ", the least is %.2f", instance.optimum());
  }
}
