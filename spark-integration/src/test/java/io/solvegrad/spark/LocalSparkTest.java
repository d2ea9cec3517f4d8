package io.solvegrad.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalSparkTest {

  @Test
  void classPath_leadsToTheSameFilesFromElsewhere() {
    Path here = Path.of("").toAbsolutePath();
    Path elsewhere = here.resolveSibling("a.jar");
    assertEquals(
        String.join(
            File.pathSeparator,
            here.resolve("out").toString(),
            elsewhere.toString(),
            here.toString(),
            here.resolve("lib").resolve("*").toString()),
        LocalSpark.absolute(
            String.join(File.pathSeparator, "out", elsewhere.toString(), "", "lib/*")));
  }
}
