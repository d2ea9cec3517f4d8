package io.solvegrad.retrieval.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.CheckedZip;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipOutputStream;

/**
 * A saved training: a zip file with {@code training.json} (format, data, settings and progress),
 * {@code parameters}, {@code optimizer} and {@code memory}, each with the checksum that zip keeps.
 */
public final class Checkpoint {
  private static final int FORMAT = 3;
  private static final String DESCRIPTION = "training.json";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

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

  private final CheckedZip file;
  private final Description description;

  private Checkpoint(CheckedZip file, Description description) {
    this.file = file;
    this.description = description;
  }

  /** {@return what the file says of the training} */
  public Description description() {
    return description;
  }

  /**
   * Opens a file.
   *
   * @param file what {@link RetrievalTraining#save} has written
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
            "Model %s has format %d, but this program reads format %d."
                .formatted(file, description.format(), FORMAT));
      }
      return new Checkpoint(zip, description);
    } catch (JacksonException e) {
      throw new BadInputException(
          "Model %s has a description that cannot be read: %s."
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new BadInputException(
          "%s is no model, or it is damaged: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** One part of the file, read to the end so that its checksum has been compared. */
  DataInputStream part(String name) throws IOException {
    return file.part(name);
  }

  /** Adds the description to a file. */
  static void write(ZipOutputStream zip, Description description) throws IOException {
    CheckedZip.write(zip, DESCRIPTION, out -> out.write(JSON.writeValueAsBytes(description)));
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
