package io.solvegrad.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.docs.DocumentedCommand;
import io.solvegrad.docs.DocumentedProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs and commands of the guides that need several modules do what the pages say. */
class GuidePagesTest {
  private static final Path PAGES = Path.of("../docs");
  private static final Path RANKING = PAGES.resolve("learning-to-rank.md");
  private static final Path RETRIEVAL = PAGES.resolve("retrieval.md");
  private static final double TOLERANCE = 0.04;

  @TempDir private static Path folder;

  @BeforeAll
  static void makeQueries() throws Exception {
    program("MakeQueries").check(folder, folder.resolve("data").toString());
    DocumentedProgram.of(RETRIEVAL).getFirst().check(folder, folder.resolve("shapes").toString());
  }

  private static DocumentedProgram program(String name) throws IOException {
    return DocumentedProgram.of(RANKING).stream()
        .filter(program -> program.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<DocumentedCommand> onFiles(Path page) throws IOException {
    return DocumentedCommand.of(page).stream()
        .filter(command -> command.arguments().stream().anyMatch(word -> word.startsWith("data")))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LinearRanker", "BoostedRanker", "NeuralRanker"})
  void rankersLearnAsThePageSays(String name) throws Exception {
    program(name).checkNear(TOLERANCE, folder, folder.resolve("data").toString());
  }

  @Test
  @Tag("slow")
  void commandsOnRankingFilesPrintWhatThePageSays() throws Exception {
    program("LinearRanker").run(folder, folder.resolve("data").toString());
    List<DocumentedCommand> commands = onFiles(RANKING);
    assertEquals(2, commands.size(), "evaluate and boost");
    for (DocumentedCommand command : commands) {
      command.checkNear(TOLERANCE, folder);
    }
  }

  @Test
  @Tag("slow")
  void comparisonsGoOnRepeatAndReportAsThePageSays() throws Exception {
    List<DocumentedCommand> commands = onFiles(PAGES.resolve("comparing-losses.md"));
    assertEquals(4, commands.size(), "losses, equal time, repeated, report");
    for (DocumentedCommand command : commands) {
      command.checkNear(TOLERANCE, folder);
    }
    JsonNode measured = results("out/equal-time");
    JsonNode repeated = results("out/repeated");
    assertEquals(measured.path("steps"), repeated.path("steps"));
    for (int i = 0; i < 2; i++) {
      assertEquals(
          measured.path("losses").get(i).path("NDCG@10"),
          repeated.path("losses").get(i).path("NDCG@10"));
    }
  }

  private JsonNode results(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("results.json").toFile());
  }

  @Test
  @Tag("slow")
  void choicesCanBeTriedAsThePageSays() throws Exception {
    List<DocumentedCommand> commands = onFiles(PAGES.resolve("choosing.md"));
    assertEquals(4, commands.size(), "losses, lambda, margin, noise");
    for (DocumentedCommand command : commands) {
      String printed = command.run(folder);
      assertTrue(printed.contains("p by Holm"), printed);
    }
  }

  @Test
  @Tag("slow")
  void settingsForImagesCanBeCompared() throws Exception {
    List<DocumentedCommand> commands =
        DocumentedCommand.of(RETRIEVAL).stream().filter(command -> command.has("compare")).toList();
    assertEquals(1, commands.size());
    String printed = commands.getFirst().run(folder);
    assertTrue(printed.contains("| memory | --batch 32 --memory 2 |"), printed);
  }
}
