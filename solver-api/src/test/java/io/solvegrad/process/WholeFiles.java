package io.solvegrad.process;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;

/**
 * Looks whether the files of a folder are whole. What has a hidden or a provisional name may not.
 */
public final class WholeFiles {
  private WholeFiles() {}

  /** Reads every JSON, zip, picture and page of a folder, and tells how many there are. */
  public static int check(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).filter(WholeFiles::isFinal).toList();
    }
    for (Path file : files) {
      check(file, file.getFileName().toString());
    }
    return files.size();
  }

  private static boolean isFinal(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.endsWith(".part");
  }

  private static void check(Path file, String name) throws IOException {
    switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "json" -> assertNotNull(new ObjectMapper().readTree(file.toFile()), name);
      case "zip" -> {
        try (ZipFile zip = new ZipFile(file.toFile())) {
          for (var entry : zip.stream().toList()) {
            try (InputStream in = zip.getInputStream(entry)) {
              in.readAllBytes();
            }
          }
        }
      }
      case "png" -> assertNotNull(ImageIO.read(file.toFile()), name);
      case "html" -> assertTrue(Files.readString(file).strip().endsWith("</html>"), name);
      default -> assertTrue(Files.size(file) >= 0, name);
    }
  }
}
