package io.solvegrad.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every kind of evaluation knows. */
final class CommonOptions {
  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "NAME",
      description = "What to compute, by names as in docs/evaluation.md; default: the usual ones.")
  List<String> metrics = new ArrayList<>();

  @Option(names = "--per-query", description = "Also print the values of each query.")
  boolean perQuery;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  boolean json;

  @Option(
      names = "--ties",
      paramLabel = "RULE",
      description =
          "Who stands first among equal scores: index, optimistic, pessimistic, for rankings also "
              + "trec (greater document id) and averaged. Default: index; trec for --qrels.")
  @Nullable String ties;

  /** The tie rule of a name. */
  <E extends Enum<E>> E tieRule(Class<E> rules, E otherwise) {
    if (ties == null) {
      return otherwise;
    }
    for (E rule : rules.getEnumConstants()) {
      if (rule.name().equalsIgnoreCase(ties)) {
        return rule;
      }
    }
    throw new IllegalArgumentException(
        "--ties "
            + ties
            + " is not one of "
            + List.of(rules.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
  }
}
