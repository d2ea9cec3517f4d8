package io.solvegrad.detection;

import io.solvegrad.detection.model.DetectorNet;
import io.solvegrad.detection.training.Head;
import io.solvegrad.detection.training.Settings;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.BudgetOptions;
import io.solvegrad.example.training.LambdaChoice;
import io.solvegrad.example.training.LambdaConverter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that determine a training. */
final class DetectOptions {
  private static final double DEFAULT_SECONDS = 420;
  private static final double QUICK_SECONDS = 40;
  private static final int DEFAULT_SCENES = 2000;
  private static final int QUICK_SCENES = 500;

  @Option(
      names = "--head",
      paramLabel = "NAME",
      defaultValue = "ap",
      converter = HeadConverter.class,
      description =
          "What trains the classification: ap is RaMBO's average precision; cross-entropy, focal,"
              + " ap-loss (Chen 2019) and rank-sort (Oksuz 2021) are to compare with. Default:"
              + " ${DEFAULT-VALUE}.")
  Head head = Head.AP;

  @Option(
      names = "--lambda",
      paramLabel = "UNIT:X",
      defaultValue = "normalised:50",
      converter = LambdaConverter.class,
      description =
          "Interpolation strength of the ap head with its unit, normalised:X (per rank / n; published"
              + " is 0.5 on few, sampled candidates) or plain:X; adaptive:SHARE:UNIT:X starts there and follows a share of"
              + " moved candidates. Default: ${DEFAULT-VALUE}.")
  LambdaChoice lambda = LambdaChoice.parse("normalised:50");

  @Option(
      names = "--margin",
      paramLabel = "X",
      defaultValue = "0.15",
      description = "Logits by which the ap head's objects must lead. Default: ${DEFAULT-VALUE}.")
  double margin;

  @Option(
      names = "--interclass",
      paramLabel = "BETA",
      defaultValue = "0.3333333333333333",
      description =
          "Share of the ap head's ranking across classes, 0 to 1. Default: a third, as published.")
  double interclass;

  @Option(
      names = "--memory",
      paramLabel = "N",
      defaultValue = "7",
      description = "Former batches that the ap head ranks too. Default: ${DEFAULT-VALUE}.")
  int memory;

  @Option(
      names = "--class-weight",
      paramLabel = "X",
      description =
          "Weight of the classification's gradient beside that of the boxes. Default: what suits the"
              + " head.")
  @Nullable Double classWeight;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Pictures in a step. Default: ${DEFAULT-VALUE}.")
  int batch;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "128",
      description =
          "Pictures are scaled to N x N pixels, a multiple of 8. Default: ${DEFAULT-VALUE}.")
  int size;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.01",
      description = "Largest learning rate of the one-cycle schedule. Default: ${DEFAULT-VALUE}.")
  double learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      defaultValue = "0.01",
      description = "Decoupled weight decay of the optimiser. Default: ${DEFAULT-VALUE}.")
  double weightDecay;

  @Option(
      names = "--variation",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Strength of the random variations of pictures, 0 to 2. Default: ${DEFAULT-VALUE}.")
  double variation;

  @Option(
      names = "--scenes",
      paramLabel = "N",
      description = "Icon scenes to train on. Default: 2000, with --quick 500.")
  @Nullable Integer scenes;

  @Option(
      names = "--validation",
      description =
          "Train on the list train and measure on the list val, so that settings can be chosen without"
              + " a look at the test pictures.")
  boolean validation;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides all that is drawn. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of network and loss. Default: all processors.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Mixin final BudgetOptions budget = new BudgetOptions();

  @Option(names = "--quick", description = "Train for 40 seconds instead of 420, for a first look.")
  boolean quick;

  /** All settings, checked. */
  Settings settings() {
    BadInputException.require("--margin", margin, margin >= 0, "0 or more");
    BadInputException.require(
        "--interclass", interclass, interclass >= 0 && interclass <= 1, "0 to 1");
    BadInputException.require("--memory", memory, memory >= 0 && memory <= 1000, "0 to 1000");
    BadInputException.require("--batch", batch, batch >= 1 && batch <= 1024, "1 to 1024");
    int stride = DetectorNet.STRIDE;
    BadInputException.require(
        "--size",
        size,
        size >= 64 && size <= 1024 && size % stride == 0,
        "a multiple of 8 from 64 to 1024");
    BadInputException.require("--learning-rate", learningRate, learningRate > 0, "more than 0");
    BadInputException.require("--weight-decay", weightDecay, weightDecay >= 0, "0 or more");
    BadInputException.require("--variation", variation, variation >= 0 && variation <= 2, "0 to 2");
    BadInputException.require("--threads", threads, threads >= 1 && threads <= 1024, "1 to 1024");
    double weight = classWeight == null ? head.defaultWeight() : classWeight;
    BadInputException.require("--class-weight", weight, weight > 0, "more than 0");
    int count = scenes != null ? scenes : quick ? QUICK_SCENES : DEFAULT_SCENES;
    BadInputException.require("--scenes", count, count >= 1 && count <= 1_000_000, "1 to 1000000");
    return new Settings(
        head,
        lambda,
        margin,
        interclass,
        memory,
        weight,
        batch,
        size,
        learningRate,
        weightDecay,
        variation,
        count,
        validation,
        seed,
        threads,
        budget.budgetOr(quick ? QUICK_SECONDS : DEFAULT_SECONDS));
  }

  /** Finds a head by its name. */
  static final class HeadConverter implements ITypeConverter<Head> {
    @Override
    public Head convert(String name) {
      for (Head head : Head.values()) {
        if (head.toString().equals(name)) {
          return head;
        }
      }
      throw new BadInputException(
          "There is no head '%s'; the heads are %s."
              .formatted(name, Arrays.toString(Head.values()).replaceAll("[\\[\\]]", "")));
    }
  }
}
