package io.solvegrad.learning.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.solvegrad.example.BadInputException;
import io.solvegrad.solver.AdaptiveImplicitMle;
import io.solvegrad.solver.AdaptiveInterpolation;
import io.solvegrad.solver.FenchelYoung;
import io.solvegrad.solver.GradientEstimator;
import io.solvegrad.solver.Identity;
import io.solvegrad.solver.ImplicitMle;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.LagrangianProximal;
import io.solvegrad.solver.LagrangianProximal.Envelope;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.Perturbed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How gradients pass the solver.
 *
 * @param kind which estimator
 * @param strength its main number, positive
 */
public record EstimatorChoice(Kind kind, double strength) {
  /** Draws of estimators that use noise: enough to learn from, few enough to keep steps cheap. */
  private static final int DRAWS = 4;

  /** Which estimator; each with the meaning and the default of its main number. */
  public enum Kind {
    /** The blackbox gradient; lambda. */
    INTERPOLATION("lambda", 20),
    /** The blackbox gradient with a lambda for each instance; the size of the perturbation. */
    ADAPTIVE("perturbation relative to the costs", 0.3),
    /** The upper Lagrangian envelope; tau. */
    UPPER("tau", 20),
    /** Both Lagrangian envelopes; tau. */
    AVERAGE("tau", 20),
    /** Minus the identity, costs divided by their norm; no number. */
    IDENTITY("no number", 1),
    /** Mean solution under additive noise; its deviation. */
    PERTURBED("deviation of the noise", 0.3),
    /** Mean solution under multiplicative noise; its deviation. */
    MULTIPLICATIVE("deviation of the noise", 0.3),
    /** Implicit maximum likelihood; lambda. */
    IMPLICIT_MLE("lambda", 20),
    /** Implicit maximum likelihood that adapts its lambda; perturbation at the start. */
    ADAPTIVE_IMPLICIT_MLE("perturbation relative to the costs", 0.3),
    /** The Fenchel-Young loss instead of Hamming's; deviation of the noise. */
    FENCHEL_YOUNG("deviation of the noise", 0.3);

    private final String meaning;
    private final double usual;

    Kind(String meaning, double usual) {
      this.meaning = meaning;
      this.usual = usual;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads a choice.
   *
   * @param text NAME or NAME:NUMBER
   * @return the choice
   * @throws BadInputException if there is no such estimator, or its number is not positive
   */
  @JsonCreator
  public static EstimatorChoice parse(String text) {
    String[] parts = text.split(":", 2);
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(k -> k.toString().equals(parts[0]))
            .findFirst()
            .orElseThrow(() ->
                new BadInputException(
                    "There is no estimator '%s'; the estimators are %s."
                        .formatted(parts[0], names())));
    double strength = kind.usual;
    if (parts.length == 2) {
      try {
        strength = Double.parseDouble(parts[1]);
      } catch (NumberFormatException e) {
        throw new BadInputException(
            "The %s of estimator %s must be a number, but is '%s'."
                .formatted(kind.meaning, kind, parts[1]),
            e);
      }
    }
    if (!(strength > 0) || Double.isInfinite(strength)) {
      throw new BadInputException(
          "The %s of estimator %s must be positive, but is %s."
              .formatted(kind.meaning, kind, strength));
    }
    return new EstimatorChoice(kind, strength);
  }

  /** {@return the names of all estimators} */
  public static String names() {
    return Arrays.stream(Kind.values()).map(Kind::toString).collect(Collectors.joining(", "));
  }

  /** Whether the costs are judged by a loss of their own, without a solver inside the net. */
  boolean isCostLoss() {
    return kind == Kind.FENCHEL_YOUNG;
  }

  /** That loss. */
  FenchelYoung costLoss(long seed) {
    return new FenchelYoung(new Perturbed(Perturbed.Noise.ADDITIVE, strength, DRAWS, seed));
  }

  /**
   * The estimator.
   *
   * @param seed of its noise
   * @param ones the usual number of ones in a solution
   */
  GradientEstimator create(long seed, int ones) {
    Lambda lambda = Lambda.plain(strength);
    ImplicitMle mle = new ImplicitMle(lambda, NOISE, ones, DRAWS, seed);
    return switch (kind) {
      case INTERPOLATION, FENCHEL_YOUNG -> new Interpolation(lambda);
      case ADAPTIVE -> new AdaptiveInterpolation(strength);
      case UPPER -> new LagrangianProximal(Envelope.UPPER, lambda);
      case AVERAGE -> new LagrangianProximal(Envelope.AVERAGE, lambda);
      case IDENTITY -> new Identity(Identity.Projection.NORM);
      case PERTURBED -> new Perturbed(Perturbed.Noise.ADDITIVE, strength, DRAWS, seed);
      case MULTIPLICATIVE -> new Perturbed(Perturbed.Noise.MULTIPLICATIVE, strength, DRAWS, seed);
      case IMPLICIT_MLE -> mle;
      case ADAPTIVE_IMPLICIT_MLE ->
          new AdaptiveImplicitMle(mle, false, strength, ADAPTATION, ones, ones);
    };
  }

  private static final double NOISE = 0.1;
  private static final double ADAPTATION = 1e-3;

  /** What an estimator has made of itself, to be saved. */
  static List<Double> state(GradientEstimator estimator) {
    return estimator instanceof AdaptiveImplicitMle mle
        ? List.of(mle.alpha(), mle.nonZeros())
        : List.of();
  }

  /** An estimator as it was saved. */
  static GradientEstimator restored(GradientEstimator fresh, List<Double> state) {
    if (!(fresh instanceof AdaptiveImplicitMle mle) || state.size() != 2) {
      return fresh;
    }
    return new AdaptiveImplicitMle(
        mle.noise(), mle.central(), state.get(0), mle.rate(), mle.target(), state.get(1));
  }

  /** {@return NAME:NUMBER, as {@link #parse} reads it} */
  @Override
  @JsonValue
  public String toString() {
    return kind + ":" + strength;
  }
}
