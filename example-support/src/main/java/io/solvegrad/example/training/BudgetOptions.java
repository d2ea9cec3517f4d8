package io.solvegrad.example.training;

import io.solvegrad.example.BadInputException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say when a training ends; to be mixed into those of a command. */
public final class BudgetOptions {
  @Option(names = "--epochs", paramLabel = "X", description = "Train for X passes over the data.")
  private @Nullable Double epochs;

  @Option(names = "--steps", paramLabel = "N", description = "Train for N steps.")
  private @Nullable Integer steps;

  @Option(names = "--seconds", paramLabel = "X", description = "Train for X seconds.")
  private @Nullable Double seconds;

  /** For picocli. */
  public BudgetOptions() {}

  /**
   * {@return the end that was asked for, or null}
   *
   * @throws BadInputException if more than one was given
   * @throws IllegalArgumentException if it is not positive
   */
  public @Nullable Budget budget() {
    long given = Stream.of(epochs, steps, seconds).filter(x -> x != null).count();
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

  /**
   * {@return the end that was asked for, or another}
   *
   * @param otherwise seconds if none was given
   */
  public Budget budgetOr(double otherwise) {
    Budget given = budget();
    return given == null ? new Budget(Budget.Unit.SECONDS, otherwise) : given;
  }
}
