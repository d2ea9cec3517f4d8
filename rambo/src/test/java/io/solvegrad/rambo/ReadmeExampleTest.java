package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.docs.DocumentedProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first program of the README prints what the README says, in every mode. */
class ReadmeExampleTest {
  @Test
  void programPrintsWhatTheReadmeSays(@TempDir Path folder) throws Exception {
    List<DocumentedProgram> programs = DocumentedProgram.of(Path.of("../README.md"));
    assertEquals(List.of("FirstLoss"), programs.stream().map(DocumentedProgram::name).toList());
    programs.getFirst().check(folder);
  }
}
