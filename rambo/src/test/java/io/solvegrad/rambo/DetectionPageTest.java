package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.docs.DocumentedProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/detection.md prints what the page says, in every mode. */
class DetectionPageTest {
  @Test
  void programPrintsWhatThePageSays(@TempDir Path folder) throws Exception {
    List<DocumentedProgram> programs = DocumentedProgram.of(Path.of("../docs/detection.md"));
    assertEquals(1, programs.size());
    programs.getFirst().check(folder);
  }
}
