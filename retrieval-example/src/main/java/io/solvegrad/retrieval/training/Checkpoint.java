package io.solvegrad.retrieval.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.retrieval.data.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A saved training: a zip file with {@code training.json} (format, data, settings and progress),
 * {@code parameters}, {@code optimizer} and {@code memory}, each with the checksum that zip keeps.
 */
public final class Checkpoint {
  private static final int FORMAT = 2;
  private static final String DESCRIPTION = "training.json";
  private static final long LARGEST_ENTRY = 1L << 30;
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

  /** Writes one part of the file. */
  interface Part {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path file;
  private final Description description;

  private Checkpoint(Path file, Description description) {
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
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        read(zip, entries.nextElement().getName());
      }
      Description description = JSON.readValue(read(zip, DESCRIPTION), Description.class);
      if (description.format() != FORMAT) {
        throw new BadInputException(
            "Model %s has format %d, but this program reads format %d."
                .formatted(file, description.format(), FORMAT));
      }
      return new Checkpoint(file, description);
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

  private static byte[] read(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it has no part named " + name);
    }
    if (entry.getSize() > LARGEST_ENTRY) {
      throw new IOException("its part " + name + " is too large");
    }
    CRC32 checksum = new CRC32();
    byte[] content;
    // ZipFile itself does not compare checksums.
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
      content = in.readAllBytes();
    }
    if (checksum.getValue() != entry.getCrc()) {
      throw new IOException("the checksum of its part " + name + " is wrong");
    }
    return content;
  }

  /** One part of the file, read to the end so that its checksum has been compared. */
  DataInputStream part(String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new DataInputStream(new ByteArrayInputStream(read(zip, name)));
    }
  }

  /** Adds the description to a file. */
  static void write(ZipOutputStream zip, Description description) throws IOException {
    write(zip, DESCRIPTION, out -> out.write(JSON.writeValueAsBytes(description)));
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

  /** Adds a part to a file. */
  static void write(ZipOutputStream zip, String name, Part part) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    part.writeTo(
        new FilterOutputStream(zip) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
          }

          @Override
          public void close() {}
        });
    zip.closeEntry();
  }
}
