package io.solvegrad.example;

/**
 * What the user gave cannot be used. The message is one sentence for that user: what is wrong,
 * where, and what to do about it.
 */
public final class BadInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, where, and what to do
   */
  public BadInputException(String message) {
    super(message);
  }

  /**
   * Creates the exception with the failure that led to it.
   *
   * @param message what is wrong, where, and what to do
   * @param cause what the library said
   */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Refuses an option's value.
   *
   * @param option its name
   * @param value what was given
   * @param valid whether it may stay
   * @param range what is allowed, for example {@code 1 to 1024}
   * @throws BadInputException if it is not valid or infinite
   */
  public static void require(String option, double value, boolean valid, String range) {
    if (!valid || Double.isInfinite(value)) {
      String text = value == Math.rint(value) ? Long.toString((long) value) : "" + value;
      throw new BadInputException("%s must be %s, but is %s.".formatted(option, range, text));
    }
  }
}
