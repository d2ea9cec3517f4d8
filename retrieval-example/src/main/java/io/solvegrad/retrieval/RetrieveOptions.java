package io.solvegrad.retrieval;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.CommandFailures;
import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.BudgetOptions;
import io.solvegrad.retrieval.loss.LossOptions;
import io.solvegrad.retrieval.loss.LossSettings;
import io.solvegrad.retrieval.training.Settings;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that determine a training. */
public final class RetrieveOptions {
  private static final double DEFAULT_SECONDS = 270;
  private static final double QUICK_SECONDS = 40;

  @Mixin LossOptions loss = new LossOptions();

  @Option(
      names = "--memory",
      paramLabel = "N",
      defaultValue = "0",
      description = "Former batches that are candidates too. Default: ${DEFAULT-VALUE}.")
  int memory;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "256",
      description = "Images in a step. Default: ${DEFAULT-VALUE}.")
  int batch;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      defaultValue = "3",
      description = "Images of a class in a step. Default: ${DEFAULT-VALUE}.")
  int perClass;

  @Option(
      names = "--dimension",
      paramLabel = "N",
      defaultValue = "512",
      description = "Length of an embedding. Default: ${DEFAULT-VALUE}.")
  int dimension;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.003",
      description = "Largest learning rate of the one-cycle schedule. Default: ${DEFAULT-VALUE}.")
  double learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      defaultValue = "0.01",
      description = "Decoupled weight decay of the optimiser. Default: ${DEFAULT-VALUE}.")
  double weightDecay;

  @Option(
      names = "--augmentation",
      paramLabel = "X",
      defaultValue = "0.7",
      description =
          "Strength of the random variations of images, 0 to 1. Default: ${DEFAULT-VALUE}.")
  double augmentation;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Keep this share of the training classes from the training and measure on them, so that"
              + " settings can be chosen without a look at the test classes. Default:"
              + " ${DEFAULT-VALUE}, which measures on the test classes.")
  double validation;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides all that is drawn. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of network, loss and evaluation. Default: all processors.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Mixin final BudgetOptions budget = new BudgetOptions();

  @Option(names = "--quick", description = "Train for 40 seconds instead of 270, for a first look.")
  boolean quick;

  /** For picocli. */
  RetrieveOptions() {}

  /**
   * The settings of a training that another program runs.
   *
   * @param words the words of the options
   * @param seed decides all that is drawn
   * @param threads of network, loss and evaluation
   * @param budget when to stop
   * @return the settings, checked
   * @throws BadInputException if an option is unknown or out of range
   */
  public static Settings parse(List<String> words, long seed, int threads, Budget budget) {
    RetrieveOptions parsed = new RetrieveOptions();
    CommandFailures.parse(parsed, words);
    parsed.seed = seed;
    parsed.threads = threads;
    return parsed.settings(budget);
  }

  /** All settings, checked. */
  Settings settings() {
    return settings(budget.budgetOr(quick ? QUICK_SECONDS : DEFAULT_SECONDS));
  }

  private Settings settings(Budget end) {
    LossSettings chosen = loss.settings();
    BadInputException.require("--margin", chosen.margin(), chosen.margin() < 2, "less than 2");
    BadInputException.require("--memory", memory, memory >= 0 && memory <= 10_000, "0 to 10000");
    BadInputException.require(
        "--per-class", perClass, perClass >= 2, "at least 2, or there is nothing to find");
    BadInputException.require(
        "--batch",
        batch,
        batch >= 2 * perClass && batch <= 16_384,
        "at least two classes of --per-class images and at most 16384");
    BadInputException.require(
        "--dimension", dimension, dimension >= 1 && dimension <= 4096, "1 to 4096");
    BadInputException.require("--learning-rate", learningRate, learningRate > 0, "positive");
    BadInputException.require("--weight-decay", weightDecay, weightDecay >= 0, "0 or more");
    BadInputException.require(
        "--augmentation", augmentation, augmentation >= 0 && augmentation <= 1, "0 to 1");
    BadInputException.require(
        "--validation", validation, validation >= 0 && validation < 1, "0 or more and less than 1");
    BadInputException.require("--threads", threads, threads >= 1 && threads <= 1024, "1 to 1024");
    return new Settings(
        chosen,
        memory,
        batch,
        perClass,
        dimension,
        learningRate,
        weightDecay,
        augmentation,
        validation,
        seed,
        threads,
        end);
  }
}
