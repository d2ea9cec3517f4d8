package io.solvegrad.learning;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.Budget;
import io.solvegrad.learning.training.EstimatorChoice;
import io.solvegrad.learning.training.Settings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options that determine a training. */
final class SolveOptions {
  private static final double QUICK_SECONDS = 20;

  /** What can be learnt, with what each takes unless told otherwise. */
  enum ProblemChoice {
    TERRAIN(12, 4, 64, 300, "interpolation:20"),
    MATCHING(8, 2, 24, 150, "interpolation:10"),
    TOUR(10, 5, 40, 150, "interpolation:20");

    private final int usualSize;
    private final int least;
    private final int most;
    private final double seconds;
    private final String estimator;

    ProblemChoice(int usualSize, int least, int most, double seconds, String estimator) {
      this.usualSize = usualSize;
      this.least = least;
      this.most = most;
      this.seconds = seconds;
      this.estimator = estimator;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--problem",
      paramLabel = "NAME",
      defaultValue = "terrain",
      converter = ProblemConverter.class,
      description =
          "terrain: cheapest paths over maps; matching: pairs of drawn digits; tour: round trips"
              + " through cities behind symbols. Default: ${DEFAULT-VALUE}.")
  ProblemChoice problem = ProblemChoice.TERRAIN;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Tiles or digits a side, or cities of a tour. Default: terrain 12, matching 8, tour 10.")
  @Nullable Integer size;

  @Option(
      names = "--estimator",
      paramLabel = "NAME[:X]",
      converter = EstimatorConverter.class,
      description =
          "How gradients pass the solver, with its lambda or other main number: interpolation,"
              + " adaptive, upper, average, identity, perturbed, multiplicative, implicit-mle,"
              + " adaptive-implicit-mle or fenchel-young. Default: interpolation:20, for matching"
              + " interpolation:10.")
  @Nullable EstimatorChoice estimator;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Examples to train on. Default: ${DEFAULT-VALUE}.")
  int instances;

  @Option(
      names = "--tests",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Unseen examples to test on. Default: ${DEFAULT-VALUE}.")
  int tests;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "70",
      description = "Examples in a step. Default: ${DEFAULT-VALUE}.")
  int batch;

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
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides all that is drawn. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of nets and solvers. Default: all processors.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--epochs",
      paramLabel = "X",
      description = "Train each net for X times the number of training examples.")
  @Nullable Double epochs;

  @Option(names = "--steps", paramLabel = "N", description = "Train each net for N steps.")
  @Nullable Integer steps;

  @Option(
      names = "--seconds",
      paramLabel = "X",
      description =
          "Train each net for X seconds; the linear one, which has only four numbers to learn, for a"
              + " quarter of any budget. Default: terrain 300, others 150, with --quick 20.")
  @Nullable Double seconds;

  @Option(names = "--quick", description = "A short training, for a first look.")
  boolean quick;

  /** The end that was asked for, or null. */
  @Nullable Budget budget() {
    if (Stream.of(epochs, steps, seconds).filter(Objects::nonNull).count() > 1) {
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
    int given = size == null ? problem.usualSize : size;
    BadInputException.require(
        "--size of " + problem,
        given,
        given >= problem.least && given <= problem.most,
        problem.least + " to " + problem.most);
    BadInputException.require(
        "--size of matching", given, problem != ProblemChoice.MATCHING || given % 2 == 0, "even");
    BadInputException.require(
        "--instances", instances, instances >= 1 && instances <= 1_000_000_000, "1 to 1000000000");
    BadInputException.require("--tests", tests, tests >= 1 && tests <= 1_000_000, "1 to 1000000");
    BadInputException.require("--batch", batch, batch >= 1 && batch <= 4096, "1 to 4096");
    BadInputException.require("--learning-rate", learningRate, learningRate > 0, "positive");
    BadInputException.require("--weight-decay", weightDecay, weightDecay >= 0, "0 or more");
    BadInputException.require("--threads", threads, threads >= 1 && threads <= 1024, "1 to 1024");
    Budget budget = budget();
    if (budget == null) {
      budget = new Budget(Budget.Unit.SECONDS, quick ? QUICK_SECONDS : problem.seconds);
    }
    return new Settings(
        problem.toString(),
        given,
        instances,
        tests,
        estimator == null ? EstimatorChoice.parse(problem.estimator) : estimator,
        batch,
        learningRate,
        weightDecay,
        seed,
        threads,
        budget);
  }

  /** Finds a problem by its name. */
  static final class ProblemConverter implements ITypeConverter<ProblemChoice> {
    @Override
    public ProblemChoice convert(String name) {
      for (ProblemChoice choice : ProblemChoice.values()) {
        if (choice.toString().equals(name)) {
          return choice;
        }
      }
      throw new BadInputException(
          "There is no problem '%s'; the problems are %s."
              .formatted(name, Arrays.toString(ProblemChoice.values()).replaceAll("[\\[\\]]", "")));
    }
  }

  /** Reads an estimator. */
  static final class EstimatorConverter implements ITypeConverter<EstimatorChoice> {
    @Override
    public EstimatorChoice convert(String text) {
      return EstimatorChoice.parse(text);
    }
  }
}
