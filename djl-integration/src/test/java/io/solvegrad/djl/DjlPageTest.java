package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.docs.DocumentedProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/djl.md run and do what the page says. */
class DjlPageTest {
  private static final Pattern CHANGE = Pattern.compile("([0-9.]+) -> ([0-9.]+)");
  private static final Path PASSAGES = Path.of("src/test/resources/io/solvegrad/djl/passages.tsv");

  @Test
  void scorerPrintsWhatThePageSays(@TempDir Path folder) throws Exception {
    program("EasyTrainRecall").check(folder);
  }

  @Test
  @Tag("slow")
  void crossEncoderLearnsByEveryLoss(@TempDir Path folder) throws Exception {
    DocumentedProgram program = program("CrossEncoder");
    String printed = program.run(folder, PASSAGES.toString());
    Matcher change = CHANGE.matcher(printed);
    int losses = 0;
    while (change.find()) {
      double before = Double.parseDouble(change.group(1));
      double after = Double.parseDouble(change.group(2));
      assertTrue(after > before + 0.03, printed);
      losses++;
    }
    assertEquals(3, losses, printed);
    // Other processors round otherwise; what the page shows is of the same size.
    assertEquals(program.output().lines().count(), printed.lines().count());
  }

  private static DocumentedProgram program(String name) throws Exception {
    List<DocumentedProgram> programs = DocumentedProgram.of(Path.of("../docs/djl.md"));
    return programs.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }
}
