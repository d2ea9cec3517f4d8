package io.solvegrad.retrieval.training;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.TrainingFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A saved training: a zip file with {@code training.json} (format, data, settings and progress),
 * {@code parameters}, {@code optimizer} and {@code memory}, each with the checksum that zip keeps.
 *
 * @param content the file
 */
public record Checkpoint(TrainingFile<Description> content) {
  private static final int FORMAT = 3;

  /**
   * What the file says of the training.
   *
   * @param format version of the file
   * @param data which images it was trained on
   * @param settings how
   * @param lambdaFactor what an adaptive lambda had made of its start, 1 for a fixed one
   * @param steps the number of steps taken
   * @param seconds spent in them
   * @param course what they were like
   */
  public record Description(
      int format,
      String data,
      Settings settings,
      double lambdaFactor,
      long steps,
      double seconds,
      List<TrainingPoint> course) {}

  /** {@return what the file says of the training} */
  public Description description() {
    return content.description();
  }

  /**
   * Opens a file.
   *
   * @param file what {@link RetrievalTraining#save} has written
   * @return the checkpoint
   * @throws BadInputException if it is missing, of another kind or damaged
   */
  public static Checkpoint open(Path file) {
    return new Checkpoint(TrainingFile.open(file, Description.class, FORMAT));
  }

  static Description describe(
      String data,
      Settings settings,
      double lambdaFactor,
      long steps,
      double seconds,
      List<TrainingPoint> course) {
    return new Description(FORMAT, data, settings, lambdaFactor, steps, seconds, course);
  }
}
