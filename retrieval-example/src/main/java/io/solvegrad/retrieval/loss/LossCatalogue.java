package io.solvegrad.retrieval.loss;

import io.solvegrad.example.BadInputException;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.WeightedSum;
import io.solvegrad.relaxation.embedding.EmbeddingLoss;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.solver.Lambda;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to choose from: every loss of the library, with the usual parameters. */
public final class LossCatalogue {
  private static final Map<String, Entry> ENTRIES =
      Stream.of(BlackboxEntries.all(), RelaxationEntries.all(), SurrogateEntries.all())
          .flatMap(List::stream)
          .collect(
              Collectors.toMap(
                  Entry::name, e -> e, (a, b) -> a, LinkedHashMap<String, Entry>::new));

  private LossCatalogue() {}

  /** What losses want of labels and scores. */
  enum Wants {
    /** Relevant or not; any scores. */
    BINARY,
    /** Graded labels, binary ones among them; any scores. */
    GRADED,
    /** Relevant or not; inner products of unit vectors. */
    UNIT_VECTORS
  }

  /** Makes a loss of its parameters; the seed is another one for every step. */
  @FunctionalInterface
  interface Maker {
    EmbeddingLoss make(Values values, Lambda lambda, long seed);
  }

  /** The parameters of a loss. */
  record Values(Map<String, Double> numbers) {
    double get(String name) {
      return numbers.getOrDefault(name, Double.NaN);
    }

    int whole(String name) {
      double value = get(name);
      if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
        throw new BadInputException(
            "Parameter %s must be a whole number, but is %s.".formatted(name, value));
      }
      return (int) value;
    }
  }

  /**
   * A loss with a name.
   *
   * @param usual its parameters with their usual values
   * @param sampled whether it draws anew in every step
   */
  record Entry(
      String name,
      boolean blackbox,
      Wants wants,
      Map<String, Double> usual,
      boolean sampled,
      Maker maker) {}

  /** {@return the names of all losses, RaMBO's first} */
  public static List<String> names() {
    return List.copyOf(ENTRIES.keySet());
  }

  /**
   * {@return a line for each loss: its name and its parameters with their usual values, such as
   * {@code triplet:margin=0.1}}
   */
  public static List<String> lines() {
    return ENTRIES.values().stream()
        .map(entry -> new LossChoice.Term(1, entry.name(), entry.usual()).toString())
        .toList();
  }

  private static Entry find(String name) {
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new BadInputException(
          "There is no loss '%s'; the losses are %s."
              .formatted(name, String.join(", ", ENTRIES.keySet())));
    }
    return entry;
  }

  static boolean isBlackbox(String name) {
    return find(name).blackbox();
  }

  static boolean isGraded(String name) {
    return find(name).wants() == Wants.GRADED;
  }

  static boolean takesAnyScores(String name) {
    return find(name).wants() != Wants.UNIT_VECTORS;
  }

  static boolean isSampled(String name) {
    return find(name).sampled();
  }

  /** Refuses names and parameters that are not there, and values that no loss can be made of. */
  static void check(String name, Map<String, Double> parameters) {
    Entry entry = find(name);
    for (String parameter : parameters.keySet()) {
      if (!entry.usual().containsKey(parameter)) {
        throw new BadInputException(
            "Loss %s has no parameter '%s'; it has %s."
                .formatted(
                    name,
                    parameter,
                    entry.usual().isEmpty() ? "none" : String.join(", ", entry.usual().keySet())));
      }
    }
    try {
      make(entry, parameters, Lambda.plain(1), 0);
    } catch (BadInputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new BadInputException("Loss %s: %s.".formatted(name, e.getMessage()), e);
    }
  }

  private static EmbeddingLoss make(
      Entry entry, Map<String, Double> parameters, Lambda lambda, long seed) {
    Map<String, Double> values = new LinkedHashMap<>(entry.usual());
    values.putAll(parameters);
    return entry.maker().make(new Values(values), lambda, seed);
  }

  /** Whether a loss is one of a rank metric, or a sum with such a term. */
  static boolean takesMargin(String name) {
    Entry entry = find(name);
    return takesMargin(make(entry, Map.of(), Lambda.plain(1), 0).loss());
  }

  private static boolean takesMargin(RankingLoss loss) {
    return loss instanceof MetricLoss
        || (loss instanceof WeightedSum sum
            && sum.terms().stream().anyMatch(term -> takesMargin(term.loss())));
  }

  /** The loss of a term on inner products; the margin goes into losses of rank metrics. */
  static RankingLoss create(
      LossChoice.Term term, Lambda lambda, double margin, int threads, long seed) {
    EmbeddingLoss made = make(find(term.name()), term.parameters(), lambda, seed);
    RankingLoss loss = configured(made.loss(), margin, threads);
    return new EmbeddingLoss(made.similarity(), made.temperature(), loss).onProducts();
  }

  private static RankingLoss configured(RankingLoss loss, double margin, int threads) {
    return switch (loss) {
      case MetricLoss metric -> (margin == 0 ? metric : metric.margin(margin)).threads(threads);
      case WeightedSum sum ->
          new WeightedSum(
              sum.terms().stream()
                  .map(term ->
                      new WeightedSum.Term(term.weight(), configured(term.loss(), margin, threads)))
                  .toList());
      case SurrogateLoss surrogate -> surrogate.threads(threads);
      default -> loss;
    };
  }
}
