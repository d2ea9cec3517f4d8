package io.solvegrad.retrieval.training;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.solvegrad.solver.Lambda;
import java.io.IOException;

/** A lambda with its unit as text: {@code plain:200} or {@code normalised:0.2}. */
public final class LambdaText {
  private static final String PLAIN = "plain:";
  private static final String NORMALISED = "normalised:";

  private LambdaText() {}

  /**
   * Reads a lambda.
   *
   * @param text as above
   * @return the lambda
   * @throws IllegalArgumentException if the text has no unit or no positive number
   */
  public static Lambda parse(String text) {
    try {
      if (text.startsWith(PLAIN)) {
        return Lambda.plain(Double.parseDouble(text.substring(PLAIN.length())));
      }
      if (text.startsWith(NORMALISED)) {
        return Lambda.normalised(Double.parseDouble(text.substring(NORMALISED.length())));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("lambda must end in a number, but is '" + text + "'", e);
    }
    if (text.contains(":")) {
      throw new IllegalArgumentException(
          "the units of lambda are plain and normalised, but '%s' has another".formatted(text));
    }
    throw new IllegalArgumentException(
        "lambda needs its unit, but is '%s'. Maybe plain:%s (per rank) or normalised:%s (per rank / n)"
            .formatted(text, text, text));
  }

  /**
   * Writes a lambda.
   *
   * @param lambda the lambda
   * @return its text
   */
  public static String format(Lambda lambda) {
    return switch (lambda) {
      case Lambda.Plain plain -> PLAIN + plain.value();
      case Lambda.Normalised normalised -> NORMALISED + normalised.value();
      default ->
          throw new IllegalArgumentException("only fixed lambdas have a text, not " + lambda);
    };
  }

  /** Writes a lambda to JSON. */
  static final class Writer extends JsonSerializer<Lambda> {
    @Override
    public void serialize(Lambda lambda, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(format(lambda));
    }
  }

  /** Reads a lambda from JSON. */
  static final class Reader extends JsonDeserializer<Lambda> {
    @Override
    public Lambda deserialize(JsonParser in, DeserializationContext context) throws IOException {
      try {
        return parse(in.getText());
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException(in.getText(), Lambda.class, e.getMessage());
      }
    }
  }
}
