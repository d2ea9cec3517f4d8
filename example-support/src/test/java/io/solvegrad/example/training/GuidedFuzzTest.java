package io.solvegrad.example.training;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.solvegrad.example.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saved trainings under a fuzzer that looks which branches an input reaches. Without the profile
 * fuzz it reads the inputs that are kept.
 */
class GuidedFuzzTest {
  @TempDir private static Path folder;

  /** A description such as those of the commands. */
  private record Description(
      int format, String data, LambdaChoice lambda, Budget budget, List<Double> course) {}

  private static void open(Path file) {
    try {
      TrainingFile.open(file, Description.class, 1);
    } catch (BadInputException e) {
      require(e);
    }
  }

  private static void require(Exception refusal) {
    if (refusal.getMessage() == null || refusal.getMessage().isBlank()) {
      throw new AssertionError("a refusal without a sentence", refusal);
    }
  }

  @FuzzTest
  void zip(byte[] bytes) throws IOException {
    Path file = folder.resolve("model.zip");
    Files.deleteIfExists(file);
    open(Files.write(file, bytes));
  }

  /** Inside a zip file whose checksums are right. */
  @FuzzTest
  void description(byte[] bytes) throws IOException {
    Path file = folder.resolve("described.zip");
    Files.deleteIfExists(file);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      CheckedZip.write(zip, "training.json", part -> part.write(bytes));
    }
    open(file);
  }

  @FuzzTest
  void optimizer(byte[] bytes) {
    try {
      new AdamW(0.01)
          .load(
              List.of("weight", "bias"),
              List.of(6L, 2L),
              new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      // The end of the file has no sentence of its own; who opens the model gives it one.
      if (!(e instanceof java.io.EOFException)) {
        require(e);
      }
    }
  }
}
