package io.solvegrad.detection;

import io.solvegrad.detection.training.Settings;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.OptionVariant;
import io.solvegrad.example.training.Budget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What is compared with what.
 *
 * @param variants the variants; the others are compared with the first
 * @param budget how long each trains: seconds, or as long as so many steps of the first take
 */
record Comparison(List<OptionVariant> variants, Budget budget) {
  private static final double DEFAULT_SECONDS = 200;

  /** What is no setting that variants have in common. */
  private static final Set<String> OWN =
      Set.of(
          "--data",
          "--out",
          "--compare",
          "--seeds",
          "--timing",
          "--stop-after",
          "--seed",
          "--epochs",
          "--steps",
          "--seconds");

  /** Copies the list. */
  Comparison {
    variants = List.copyOf(variants);
  }

  /** Reads variants; options of the command itself are common to them. */
  static Comparison parse(List<String> texts, ParseResult given, DetectOptions options) {
    StringBuilder common = new StringBuilder();
    for (OptionSpec option : given.matchedOptions()) {
      if (!OWN.contains(option.longestName())) {
        common.append(option.longestName()).append(' ');
        if (option.arity().max() > 0) {
          common.append(String.join(" ", option.originalStringValues())).append(' ');
        }
      }
    }
    Budget budget = options.budget.budgetOr(DEFAULT_SECONDS);
    if (budget.unit() == Budget.Unit.EPOCHS) {
      throw new BadInputException(
          "A comparison is at equal time: give --seconds, or --steps of the first variant.");
    }
    Set<String> names = new HashSet<>();
    List<OptionVariant> variants = new ArrayList<>();
    for (String text : texts) {
      OptionVariant variant =
          OptionVariant.parse(text.contains("=") ? text : text + "=--head " + text, "" + common);
      if (!names.add(variant.name())) {
        throw new BadInputException("Two variants are named '%s'.".formatted(variant.name()));
      }
      DetectOptions own = variant.into(new DetectOptions());
      if (own.budget.budget() != null) {
        throw new BadInputException(
            "Variant '%s': all variants train for the same time.".formatted(variant.name()));
      }
      own.settings();
      variants.add(variant);
    }
    return new Comparison(variants, budget);
  }

  /** The settings of a run of so many steps. */
  static Settings settings(OptionVariant variant, long seed, long steps) {
    DetectOptions own = variant.into(new DetectOptions());
    own.seed = seed;
    return own.settings().withBudget(new Budget(Budget.Unit.STEPS, (double) steps));
  }
}
