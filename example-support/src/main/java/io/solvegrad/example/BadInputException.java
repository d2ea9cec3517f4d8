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
   * Refuses the value of an option.
   *
   * @param option its name
   * @param value its value
   * @param valid whether it may be used; infinity may never
   * @param range what is allowed
   * @throws BadInputException if it may not
   */
  public static void require(String option, double value, boolean valid, String range) {
    if (!valid || Double.isInfinite(value)) {
      String text = value == Math.rint(value) ? Long.toString((long) value) : "" + value;
      throw new BadInputException("%s must be %s, but is %s.".formatted(option, range, text));
    }
  }
}
