package io.solvegrad.retrieval.loss;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.solvegrad.solver.Lambda;

/**
 * A lambda as settings name it: {@code plain:200}, {@code normalised:0.2}, or {@code
 * adaptive:0.1:plain:200}, which starts at plain:200 and follows a share of 0.1 of items moved.
 *
 * @param start the strength, or the strength of the first step
 * @param movedShare the share of items that shall move, or 0 for a fixed strength
 */
public record LambdaChoice(Lambda start, double movedShare) {
  private static final String PLAIN = "plain:";
  private static final String NORMALISED = "normalised:";
  private static final String ADAPTIVE = "adaptive:";

  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException unless it is at least 0 and less than 1
   */
  public LambdaChoice {
    if (!(movedShare >= 0 && movedShare < 1)) {
      throw new IllegalArgumentException(
          "the share of moved items must be between 0 and 1, but is " + movedShare);
    }
  }

  /** {@return whether the strength stays what it is at the start} */
  public boolean isFixed() {
    return movedShare == 0;
  }

  /** {@return a strength for one training: an adaptive one changes with its steps} */
  public Lambda create() {
    return isFixed() ? start : Lambda.adaptive(start, movedShare);
  }

  /**
   * Reads a lambda.
   *
   * @param text as above
   * @return the lambda
   * @throws IllegalArgumentException if the text has no unit or no positive number
   */
  @JsonCreator
  public static LambdaChoice parse(String text) {
    if (!text.startsWith(ADAPTIVE)) {
      return new LambdaChoice(parseFixed(text), 0);
    }
    String[] parts = text.substring(ADAPTIVE.length()).split(":", 2);
    double share = parts.length == 2 ? number(parts[0], text) : 0;
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "an adaptive lambda is adaptive:SHARE:UNIT:X with a share of moved items between 0 and 1,"
              + " but is '%s'".formatted(text));
    }
    return new LambdaChoice(parseFixed(parts[1]), share);
  }

  private static Lambda parseFixed(String text) {
    if (text.startsWith(PLAIN)) {
      return Lambda.plain(number(text.substring(PLAIN.length()), text));
    }
    if (text.startsWith(NORMALISED)) {
      return Lambda.normalised(number(text.substring(NORMALISED.length()), text));
    }
    if (text.contains(":")) {
      throw new IllegalArgumentException(
          "the units of lambda are plain and normalised, but '%s' has another".formatted(text));
    }
    throw new IllegalArgumentException(
        "lambda needs its unit, but is '%s'. Maybe plain:%s (per rank) or normalised:%s (per rank / n)"
            .formatted(text, text, text));
  }

  private static double number(String number, String text) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("lambda must end in a number, but is '" + text + "'", e);
    }
  }

  /** {@return the text that {@link #parse} reads} */
  @JsonValue
  @Override
  public String toString() {
    String strength =
        switch (start) {
          case Lambda.Plain plain -> PLAIN + plain.value();
          case Lambda.Normalised normalised -> NORMALISED + normalised.value();
          default ->
              throw new IllegalStateException("only a fixed lambda can be the start, not " + start);
        };
    return isFixed() ? strength : ADAPTIVE + movedShare + ":" + strength;
  }
}
