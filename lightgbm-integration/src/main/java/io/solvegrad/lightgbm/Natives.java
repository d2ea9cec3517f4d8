package io.solvegrad.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Unpacks LightGBM's native libraries in a folder of this process's own. lightgbm4j unpacks them
 * under fixed names in the folder for temporary files, where a second process would overwrite the
 * code that the first is running.
 */
final class Natives {
  private static final String PLACE = "java.io.tmpdir";

  static {
    try {
      unpack();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "LightGBM's native libraries cannot be unpacked in " + System.getProperty(PLACE), e);
    }
  }

  private Natives() {}

  /** Does nothing if the libraries are loaded already. */
  static void load() {}

  private static void unpack() throws IOException {
    String shared = System.getProperty(PLACE);
    Path own = Files.createTempDirectory(Path.of(shared), "solvegrad-lightgbm-");
    System.setProperty(PLACE, own.toString());
    try {
      LGBMBooster.loadNative();
    } finally {
      System.setProperty(PLACE, shared);
      // The last to be registered is the first to be deleted, so the folder goes last.
      own.toFile().deleteOnExit();
      File[] unpacked = own.toFile().listFiles();
      for (File library : unpacked == null ? new File[0] : unpacked) {
        library.deleteOnExit();
      }
    }
  }
}
