package io.solvegrad.bench.compare;

import static io.solvegrad.example.BadInputException.require;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.CommandFailures;
import io.solvegrad.retrieval.loss.LossOptions;
import io.solvegrad.retrieval.loss.LossSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a variant that is trained on a ranking file. */
final class RankingOptions {
  @Mixin private final LossOptions loss = new LossOptions();

  @Option(names = "--learning-rate", defaultValue = "0.01")
  private double learningRate;

  @Option(names = "--weight-decay", defaultValue = "0.01")
  private double weightDecay;

  @Option(names = "--queries", defaultValue = "32")
  private int queries;

  private RankingOptions() {}

  /**
   * What a variant says.
   *
   * @param loss the loss on scores
   * @param learningRate the largest of the schedule
   * @param weightDecay of the optimiser
   * @param queries in a step; 0 for all
   */
  record Chosen(LossSettings loss, double learningRate, double weightDecay, int queries) {}

  static Chosen parse(Variant variant) {
    RankingOptions options = new RankingOptions();
    try {
      CommandFailures.parse(options, variant.options());
      LossSettings chosen = options.loss.settings();
      if (!chosen.loss().takesAnyScores()) {
        throw new BadInputException(
            "Loss %s compares embeddings; a ranking file has scores.".formatted(chosen.loss()));
      }
      require("--learning-rate", options.learningRate, options.learningRate > 0, "positive");
      require("--weight-decay", options.weightDecay, options.weightDecay >= 0, "0 or more");
      require("--queries", options.queries, options.queries >= 0, "0 or more");
      return new Chosen(chosen, options.learningRate, options.weightDecay, options.queries);
    } catch (BadInputException e) {
      throw new BadInputException("Variant '%s': %s".formatted(variant.name(), e.getMessage()), e);
    }
  }
}
