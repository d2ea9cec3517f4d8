package io.solvegrad.retrieval.loss;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.LambdaChoice;
import io.solvegrad.example.training.LambdaConverter;
import io.solvegrad.solver.Lambda;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options that determine a loss, for commands to mix in. */
public final class LossOptions {
  private static final double DEFAULT_LAMBDA = 200;
  private static final double LAMBDA_PER_RANKING = 100;
  private static final double DEFAULT_MARGIN = 0.05;
  private static final double DEFAULT_NOISE = 0.1;
  private static final int DEFAULT_RANKINGS = 32;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      defaultValue = "ap",
      converter = LossConverter.class,
      description =
          "A loss, maybe with parameters: recall-loglog, smooth-ap:temperature=0.02, or a sum such as"
              + " ap+0.1*triplet. Those that take a --lambda are RaMBO's; an unknown name lists all."
              + " Default: ${DEFAULT-VALUE}.")
  private LossChoice loss = LossChoice.parse("ap");

  @Option(
      names = "--lambda",
      paramLabel = "UNIT:X",
      converter = LambdaConverter.class,
      description =
          "Interpolation strength with its unit, plain:X (upstream per rank) or normalised:X (per rank"
              + " / n, as published); adaptive:SHARE:UNIT:X starts there and follows a share of moved"
              + " candidates. RaMBO's losses only. Default: plain:200, or plain:100 for each of more than two"
              + " noisy rankings, whose average divides it: plain:3200 for 32.")
  private @Nullable LambdaChoice lambda;

  @Option(
      names = "--margin",
      paramLabel = "X",
      description =
          "By how much relevant items must lead, in units of the score (cosines in retrieval). Losses"
              + " of rank metrics only. Default: 0.05 for RaMBO's losses, 0 for others.")
  private @Nullable Double margin;

  @Option(
      names = "--noise",
      paramLabel = "X",
      description =
          "Standard deviation of the Gaussian noise on scores before each ranking, 0 for none. Default:"
              + " 0.1 for RaMBO's losses, 0 for others.")
  private @Nullable Double noise;

  @Option(
      names = "--rankings",
      paramLabel = "M",
      description = "Noisy rankings that a step averages. Default: 32.")
  private @Nullable Integer rankings;

  /** For picocli. */
  public LossOptions() {}

  /**
   * The loss asked for.
   *
   * @return the settings, checked
   * @throws BadInputException if an option is out of range or has no effect on this loss
   */
  public LossSettings settings() {
    boolean blackbox = loss.isBlackbox();
    LambdaChoice strength = lambda;
    if (!blackbox && strength != null) {
      throw new BadInputException("Loss %s knows no --lambda; RaMBO's losses do.".formatted(loss));
    }
    double lead = margin == null ? (blackbox ? DEFAULT_MARGIN : 0) : margin;
    double deviation = noise == null ? (blackbox ? DEFAULT_NOISE : 0) : noise;
    int count = rankings == null ? DEFAULT_RANKINGS : rankings;
    BadInputException.require("--margin", lead, lead >= 0, "0 or more");
    BadInputException.require("--noise", deviation, deviation >= 0, "0 or more");
    BadInputException.require("--rankings", count, count >= 1, "at least 1");
    int averaged = deviation == 0 ? 1 : count;
    if (blackbox && strength == null) {
      double plain = Math.max(DEFAULT_LAMBDA, LAMBDA_PER_RANKING * averaged);
      strength = new LambdaChoice(Lambda.plain(plain), 0);
    }
    if (lead != 0 && !loss.takesMargin()) {
      throw new BadInputException(
          "Loss %s knows no --margin; losses of rank metrics do.".formatted(loss));
    }
    return new LossSettings(loss, strength, lead, deviation, averaged);
  }

  /** Finds a loss by its name. */
  static final class LossConverter implements ITypeConverter<LossChoice> {
    @Override
    public LossChoice convert(String name) {
      return LossChoice.parse(name);
    }
  }
}
