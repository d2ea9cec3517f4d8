package io.solvegrad.example.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipOutputStream;

/**
 * A saved training: a zip file with its description as {@code training.json} and further parts,
 * each with a checksum.
 *
 * @param <D> what the description holds; its field {@code format} is the version of the file
 * @param file the file
 * @param description what it says of the training
 */
public record TrainingFile<D>(CheckedZip file, D description) {
  private static final String DESCRIPTION = "training.json";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /**
   * Opens a file.
   *
   * @param <D> what the description holds
   * @param file what a training has saved
   * @param type what the description holds
   * @param format the version that can be read
   * @return the file and its description
   * @throws BadInputException if it is missing, of another kind or damaged
   */
  public static <D> TrainingFile<D> open(Path file, Class<D> type, int format) {
    try {
      CheckedZip zip = CheckedZip.open(file);
      JsonNode description = JSON.readTree((InputStream) zip.part(DESCRIPTION));
      int found = description.path("format").asInt();
      if (found != format) {
        throw new BadInputException(
            "Model %s has format %d, but this program reads format %d."
                .formatted(file, found, format));
      }
      return new TrainingFile<>(zip, JSON.treeToValue(description, type));
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

  /**
   * Adds the description to a file.
   *
   * @param zip the file
   * @param description what {@link #open} shall find
   * @throws IOException if it cannot be written
   */
  public static void write(ZipOutputStream zip, Object description) throws IOException {
    CheckedZip.write(zip, DESCRIPTION, out -> out.write(JSON.writeValueAsBytes(description)));
  }
}
