package io.solvegrad.lightgbm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.metarank.lightgbm4j.LGBMDataset;
import io.solvegrad.boosting.RankingRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes with one folder for temporary files do not meet there. */
class NativesTest {

  /** Uses LightGBM and prints what lies in the folder for temporary files. */
  static final class Program {
    public static void main(String[] args) throws Exception {
      RankingRows rows =
          new RankingRows(new float[] {1, 2, 3}, 1, new float[] {0, 1, 0}, new int[] {3});
      RankingDataset.of(rows, "verbose=-1", null).close();
      LGBMDataset.createFromMat(rows.features(), 3, 1, true, "verbose=-1", null).close();
      list(Path.of(System.getProperty("java.io.tmpdir"))).forEach(System.out::println);
    }
  }

  @Test
  void everyProcessUnpacksInAFolderOfItsOwnAndDeletesIt(@TempDir Path shared) throws Exception {
    List<Process> processes = List.of(start(shared), start(shared));
    for (Process process : processes) {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), printed);
      List<String> names = printed.lines().toList();
      assertTrue(
          !names.isEmpty() && names.stream().allMatch(n -> n.startsWith("solvegrad-lightgbm-")),
          printed);
    }
    assertEquals(List.of(), list(shared));
  }

  private static Process start(Path shared) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + shared,
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
