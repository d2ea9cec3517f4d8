package io.solvegrad.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What came of a comparison in a few sentences. */
record Headline(CompareReport report) {

  /** The sentences. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%s, %s%s, %s. Best by %s on %s %s: %s. Every loss had the same %s, and %s.",
        counted(report.standings().size(), "loss", "losses"),
        counted(report.seeds().size(), "seed", "seeds"),
        report.seeds().size() < report.planned() ? " of " + report.planned() : "",
        duration(),
        report.task().primary(),
        report.opensTest() ? "test" : "validation",
        report.task().groups(),
        best(),
        isSameModel()
            ? "model, data and batches"
            : "data, but not the same model or batches, as the settings say",
        report.isTuned() ? "a tuning grid of the same size" : "none was tuned");
  }

  private static String counted(int count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }

  /** How long the runs were, in words. */
  String duration() {
    Double seconds = report.budget();
    if (seconds != null) {
      String number = seconds == Math.rint(seconds) ? "" + Math.round(seconds) : "" + seconds;
      return number + " s of training a run, turned into steps";
    }
    List<Long> steps =
        report.standings().stream().map(s -> s.finalist().steps()).distinct().toList();
    return steps.size() == 1 ? steps.getFirst() + " steps a run" : "steps given for each loss";
  }

  private String best() {
    double highest = report.standings().getFirst().mean(report.task().primary());
    List<Finalist> first =
        report.standings().stream()
            .filter(standing -> standing.mean(report.task().primary()) == highest)
            .map(Standing::finalist)
            .toList();
    String names = String.join(" and ", first.stream().map(Finalist::name).toList());
    boolean hasReference = first.stream().anyMatch(f -> f.name().equals(report.reference().name()));
    if (first.size() > 1) {
      names += ", level";
    } else if (hasReference) {
      names = "the reference, " + names;
    }
    String rest = hasReference ? "" : "; the reference is " + mean(report.reference());
    return String.format(Locale.ROOT, "%s with %.4f%s", names, highest, rest);
  }

  private boolean isSameModel() {
    return report.standings().stream()
            .map(s -> report.task().model(s.finalist().chosen()))
            .distinct()
            .count()
        == 1;
  }

  private String mean(Finalist finalist) {
    double mean = Arrays.stream(finalist.measured(report.task().primary())).average().orElse(0);
    return String.format(Locale.ROOT, "%s with %.4f", finalist.name(), mean);
  }
}
