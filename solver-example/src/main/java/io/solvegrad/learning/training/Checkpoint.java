package io.solvegrad.learning.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.CheckedZip;
import io.solvegrad.learning.problem.Problem.Predictor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipOutputStream;

/**
 * A saved training: a zip file with {@code training.json} and the parts of a saved net.
 *
 * @param file with right checksums
 * @param description what the file says of the training
 */
public record Checkpoint(CheckedZip file, Description description) {
  private static final int FORMAT = 1;
  private static final String DESCRIPTION = "training.json";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /**
   * What the file says of the training.
   *
   * @param format version of the file
   * @param predictor which net
   * @param settings how it is trained
   * @param steps the number of steps taken
   * @param seconds spent in them
   * @param estimatorState what an estimator that adapts itself has come to
   * @param course what the steps were like
   */
  public record Description(
      int format,
      Predictor predictor,
      Settings settings,
      long steps,
      double seconds,
      List<Double> estimatorState,
      List<TrainingPoint> course) {

    /** Copies the lists. */
    public Description {
      estimatorState = List.copyOf(estimatorState);
      course = List.copyOf(course);
    }

    Description(
        Predictor predictor,
        Settings settings,
        long steps,
        double seconds,
        List<Double> estimatorState,
        List<TrainingPoint> course) {
      this(FORMAT, predictor, settings, steps, seconds, estimatorState, course);
    }
  }

  /**
   * Opens a file.
   *
   * @param file what {@link Learner#save} has written
   * @return the checkpoint
   * @throws BadInputException if it is missing, of another kind or damaged
   */
  public static Checkpoint open(Path file) {
    try {
      CheckedZip zip = CheckedZip.open(file);
      Description description =
          JSON.readValue((InputStream) zip.part(DESCRIPTION), Description.class);
      if (description.format() != FORMAT) {
        throw new BadInputException(
            "%s has format %d, but this program reads format %d."
                .formatted(file, description.format(), FORMAT));
      }
      return new Checkpoint(zip, description);
    } catch (JacksonException e) {
      throw new BadInputException(
          "%s has a description that cannot be read: %s.".formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new BadInputException(
          "%s is no saved net, or it is damaged: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** Adds the description to a file. */
  static void write(ZipOutputStream zip, Description description) throws IOException {
    CheckedZip.write(zip, DESCRIPTION, out -> out.write(JSON.writeValueAsBytes(description)));
  }
}
