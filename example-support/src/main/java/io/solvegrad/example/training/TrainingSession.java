package io.solvegrad.example.training;

import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.ProgressDisplay;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Runs a training of a command: tells how it goes, saves it now and then, and says how to continue.
 *
 * @param out where it tells
 * @param folder where the model is saved
 * @param data which data is trained on
 * @param command the command, for example {@code retrieve}
 */
public record TrainingSession(PrintStream out, Path folder, String data, String command) {
  private static final String MODEL = "model.zip";
  private static final double SECONDS_BETWEEN_SAVES = 60;

  /**
   * Waits for the running step and saves the model.
   *
   * @param training what is being interrupted
   */
  public void saveBeforeExit(Training training) {
    training.freeze();
    if (training.steps() == 0 || training.used() >= 1) {
      return;
    }
    try {
      save(training);
      out.printf("%nInterrupted after step %d. %s%n", training.steps(), howToContinue());
    } catch (IOException e) {
      out.printf("%nInterrupted, and the model could not be saved: %s%n", e.getMessage());
    }
  }

  /**
   * Trains to the end of the budget, or to a given step as if interrupted there.
   *
   * @param training what is trained
   * @param stopAfter the step to stop after
   * @param step takes a step and tells what the last ones were like
   * @return whether the budget was used up
   * @throws IOException if the model cannot be saved
   * @throws BadInputException if a step fails
   */
  public boolean train(Training training, long stopAfter, Supplier<String> step)
      throws IOException {
    try (ProgressDisplay progress = new ProgressDisplay(out, "Training", training.used())) {
      double nextSave = training.seconds() + SECONDS_BETWEEN_SAVES;
      while (training.used() < 1 && training.steps() < stopAfter) {
        String state = guarded(training, step);
        double used = Math.min(1, training.used());
        progress.update(training.steps(), used, training.seconds() * (1 - used) / used, state);
        if (training.seconds() > nextSave) {
          save(training);
          nextSave = training.seconds() + SECONDS_BETWEEN_SAVES;
        }
      }
    }
    save(training);
    return training.used() >= 1;
  }

  /**
   * Takes a step; where it fails, the training cannot go on.
   *
   * @param <T> what a step tells
   * @param training what is trained
   * @param step takes the step
   * @return what the step tells
   * @throws BadInputException if the step fails
   */
  public static <T> T guarded(Training training, Supplier<T> step) {
    try {
      return step.get();
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "Training failed at step %d: %s. Maybe a lower --learning-rate helps."
              .formatted(training.steps() + 1, e.getMessage()),
          e);
    }
  }

  /** {@return a sentence with the command that continues the training} */
  public String howToContinue() {
    return "Continue with: ./solvegrad %s --resume %s --out %s"
        .formatted(command, folder.resolve(MODEL), folder);
  }

  private void save(Training training) throws IOException {
    AtomicFiles.write(folder.resolve(MODEL), file -> training.save(data, file));
  }
}
