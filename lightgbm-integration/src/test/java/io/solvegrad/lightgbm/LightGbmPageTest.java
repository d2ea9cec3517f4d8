package io.solvegrad.lightgbm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.docs.DocumentedProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/lightgbm.md prints what the page says. */
class LightGbmPageTest {
  @Test
  void programPrintsWhatThePageSays(@TempDir Path folder) throws Exception {
    List<DocumentedProgram> programs = DocumentedProgram.of(Path.of("../docs/lightgbm.md"));
    assertEquals(1, programs.size());
    programs.getFirst().check(folder);
  }
}
