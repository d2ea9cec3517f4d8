package io.solvegrad.retrieval;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.Budget;
import io.solvegrad.retrieval.training.LambdaChoice;
import io.solvegrad.retrieval.training.LossChoice;
import io.solvegrad.retrieval.training.Settings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options that determine a training. */
final class RetrieveOptions {
  private static final double DEFAULT_SECONDS = 270;
  private static final double QUICK_SECONDS = 40;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      defaultValue = "recall-loglog",
      converter = LossConverter.class,
      description =
          "recall-loglog, recall-log and ap are RaMBO's; smooth-ap is a smooth relaxation to compare"
              + " with. Default: ${DEFAULT-VALUE}.")
  LossChoice loss = LossChoice.RECALL_LOGLOG;

  @Option(
      names = "--lambda",
      paramLabel = "UNIT:X",
      defaultValue = "plain:200",
      converter = LambdaConverter.class,
      description =
          "Interpolation strength with its unit, plain:X (upstream per rank) or normalised:X (per rank"
              + " / n, as published); adaptive:SHARE:UNIT:X starts there and follows a share of moved"
              + " candidates. Default: ${DEFAULT-VALUE}.")
  LambdaChoice lambda = LambdaChoice.parse("plain:200");

  @Option(
      names = "--margin",
      paramLabel = "X",
      defaultValue = "0.05",
      description = "Cosine by which relevant images must lead. Default: ${DEFAULT-VALUE}.")
  double margin;

  @Option(
      names = "--noise",
      paramLabel = "X",
      defaultValue = "0.1",
      description =
          "Standard deviation of the Gaussian noise on cosines before each ranking, 0 for none. Default:"
              + " ${DEFAULT-VALUE}.")
  double noise;

  @Option(
      names = "--rankings",
      paramLabel = "M",
      defaultValue = "2",
      description = "Noisy rankings that a step averages. Default: ${DEFAULT-VALUE}.")
  int rankings;

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

  @Option(
      names = "--epochs",
      paramLabel = "X",
      description = "Train for X passes over the classes.")
  @Nullable Double epochs;

  @Option(names = "--steps", paramLabel = "N", description = "Train for N steps.")
  @Nullable Integer steps;

  @Option(
      names = "--seconds",
      paramLabel = "X",
      description = "Train for X seconds. Default: 270, with --quick 40.")
  @Nullable Double seconds;

  @Option(names = "--quick", description = "A short training, for a first look.")
  boolean quick;

  /** The end that was asked for, or null. */
  @Nullable Budget budget() {
    long given = Arrays.asList(epochs, steps, seconds).stream().filter(x -> x != null).count();
    if (given > 1) {
      throw new BadInputException("Give only one of --epochs, --steps and --seconds.");
    }
    if (epochs != null) {
      return new Budget(Budget.Unit.EPOCHS, epochs);
    }
    if (steps != null) {
      return new Budget(Budget.Unit.STEPS, steps);
    }
    return seconds == null ? null : new Budget(Budget.Unit.SECONDS, seconds);
  }

  /** All settings, checked. */
  Settings settings() {
    BadInputException.require("--noise", noise, noise >= 0, "0 or more");
    BadInputException.require(
        "--margin", margin, margin >= 0 && margin < 2, "0 or more and less than 2");
    BadInputException.require("--rankings", rankings, rankings >= 1, "at least 1");
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
    Budget budget = budget();
    if (budget == null) {
      budget = new Budget(Budget.Unit.SECONDS, quick ? QUICK_SECONDS : DEFAULT_SECONDS);
    }
    return new Settings(
        loss,
        lambda,
        margin,
        noise,
        rankings,
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
        budget);
  }

  /** Finds a loss by its name. */
  static final class LossConverter implements ITypeConverter<LossChoice> {
    @Override
    public LossChoice convert(String name) {
      for (LossChoice choice : LossChoice.values()) {
        if (choice.toString().equals(name)) {
          return choice;
        }
      }
      throw new BadInputException(
          "There is no loss '%s'; the losses are %s."
              .formatted(name, Arrays.toString(LossChoice.values()).replaceAll("[\\[\\]]", "")));
    }
  }

  /** Reads a lambda with its unit. */
  static final class LambdaConverter implements ITypeConverter<LambdaChoice> {
    @Override
    public LambdaChoice convert(String text) {
      try {
        return LambdaChoice.parse(text);
      } catch (IllegalArgumentException e) {
        throw new BadInputException("--lambda: " + e.getMessage() + ".", e);
      }
    }
  }
}
