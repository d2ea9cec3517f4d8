package io.solvegrad.example.training;

import io.solvegrad.example.BadInputException;
import picocli.CommandLine.ITypeConverter;

/** Reads a lambda with its unit from a command line. */
public final class LambdaConverter implements ITypeConverter<LambdaChoice> {
  /** For picocli. */
  public LambdaConverter() {}

  @Override
  public LambdaChoice convert(String text) {
    try {
      return LambdaChoice.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadInputException("--lambda: " + e.getMessage() + ".", e);
    }
  }
}
