package io.solvegrad.ejml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.docs.DocumentedProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/plain-java.md print what the page says. */
class PlainJavaPageTest {
  @Test
  void programsPrintWhatThePageSays(@TempDir Path folder) throws Exception {
    Clusters.random(60, 12, 64, 1).save(folder, "train");
    Clusters.random(60, 12, 64, 2).save(folder, "test");
    List<DocumentedProgram> programs = DocumentedProgram.of(Path.of("../docs/plain-java.md"));
    assertEquals(2, programs.size());
    for (DocumentedProgram program : programs) {
      program.check(folder, folder.toString());
    }
  }
}
