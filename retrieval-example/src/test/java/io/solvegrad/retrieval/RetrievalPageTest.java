package io.solvegrad.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.docs.DocumentedCommand;
import io.solvegrad.docs.DocumentedProgram;
import io.solvegrad.docs.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs and commands of docs/retrieval.md do what the page says. */
class RetrievalPageTest {
  private static final Path PAGE = Path.of("../docs/retrieval.md");
  private static final double TOLERANCE = 0.1;

  @Test
  @Tag("slow")
  void programsAndCommandPrintWhatThePageSays(@TempDir Path folder) throws Exception {
    List<DocumentedProgram> programs = DocumentedProgram.of(PAGE);
    assertEquals(2, programs.size());
    Path shapes = folder.resolve("shapes");
    programs.getFirst().check(folder, shapes.toString());

    DocumentedProgram training = programs.getLast();
    training.checkNear(TOLERANCE, folder, shapes.toString(), "120", "0");
    String remembering = training.run(folder, shapes.toString(), "120", "96");
    String page = Files.readString(PAGE);
    String promised = page.substring(page.indexOf("`shapes 120 96`")).split("```")[1];
    Numbers.assertNear(
        promised.replaceFirst("text\n", ""),
        remembering.lines().filter(line -> line.startsWith("trained")).findFirst().orElseThrow(),
        TOLERANCE);

    List<DocumentedCommand> commands =
        DocumentedCommand.of(PAGE).stream()
            .filter(command -> command.has("retrieve") && command.has("shapes"))
            .toList();
    assertEquals(1, commands.size());
    commands.getFirst().checkNear(TOLERANCE, folder);
  }
}
