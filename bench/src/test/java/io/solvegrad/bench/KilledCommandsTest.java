package io.solvegrad.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.docs.DocumentedProgram;
import io.solvegrad.process.JavaProgram;
import io.solvegrad.process.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that are killed in the middle, without a chance to tidy up, at the moments at which a
 * file has just appeared or is about to. Whatever lies in their folder is whole, and the same
 * command, or its --resume, then comes to the same end as one that nobody has killed.
 */
@Tag("slow")
class KilledCommandsTest {
  private static final Path PAGES = Path.of("../docs");

  @TempDir private static Path folder;

  @BeforeAll
  static void makeData() throws Exception {
    for (String name :
        List.of("retrieval.md DrawShapes shapes", "learning-to-rank.md MakeQueries data")) {
      String[] words = name.split(" ");
      DocumentedProgram.of(PAGES.resolve(words[0])).stream()
          .filter(program -> program.name().equals(words[1]))
          .findFirst()
          .orElseThrow()
          .check(folder, folder.resolve(words[2]).toString());
    }
  }

  private static JavaProgram program(String main, String words) {
    return new JavaProgram("io.solvegrad." + main, List.of(words.split(" ")));
  }

  /** So many files with their final names below a folder. */
  private static BooleanSupplier files(String out, int count) {
    return () -> count(out, false) >= count;
  }

  /** One more file is being written, under a hidden name, than now. */
  private static BooleanSupplier writing(String out) {
    long before = count(out, true);
    return () -> count(out, true) > before;
  }

  private static long count(String out, boolean hidden) {
    Path below = folder.resolve(out);
    if (!Files.isDirectory(below)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith(".") == hidden)
          .count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // a file has just been moved
    }
  }

  private static BooleanSupplier printed(String text) {
    return () -> {
      try {
        return Files.readString(folder.resolve("printed.txt")).contains(text);
      } catch (IOException e) {
        return false;
      }
    };
  }

  private static void kill(JavaProgram program, String out, BooleanSupplier moment)
      throws IOException, InterruptedException {
    assertTrue(program.killWhen(folder, moment), "killed before its end");
    WholeFiles.check(folder.resolve(out));
  }

  private static JsonNode results(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("results.json").toFile());
  }

  @Test
  void retrieve() throws Exception {
    String words = "--data shapes --steps 12 --batch 16 --threads 1 --out ";
    program("retrieval.RetrieveCommand", words + "whole").run(folder);
    JavaProgram command = program("retrieval.RetrieveCommand", words + "out");
    kill(command, "out", printed("untrained net"));
    kill(command, "out", writing("out"));
    kill(command, "out", files("out", 1));
    assertTrue(Files.exists(folder.resolve("out/model.zip")), "saved before the report");
    program("retrieval.RetrieveCommand", "--resume out/model.zip --out out").run(folder);
    assertEquals(results("whole").get("trained"), results("out").get("trained"));
    assertTrue(WholeFiles.check(folder.resolve("out")) >= 4);
    kill(command, "out", printed("untrained net"));
    assertEquals(results("whole").get("trained"), results("out").get("trained"), "still there");
  }

  @Test
  void detect() throws Exception {
    String words = "--scenes 24 --steps 3 --batch 4 --threads 1 --out ";
    program("detection.DetectCommand", words + "seen").run(folder);
    JavaProgram command = program("detection.DetectCommand", words + "found");
    kill(command, "found", files("found", 5));
    kill(command, "found", files("found", 40));
    command.run(folder);
    assertEquals(results("seen").get("trained"), results("found").get("trained"));
    for (String scenes : List.of("scenes/seed-1/Annotations", "scenes/seed-1/JPEGImages")) {
      assertSameFiles(
          folder.resolve("seen").resolve(scenes), folder.resolve("found").resolve(scenes));
    }
  }

  private static void assertSameFiles(Path expected, Path actual) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(expected)) {
      files = all.sorted().toList();
    }
    assertTrue(files.size() > 20, expected::toString);
    for (Path file : files) {
      assertEquals(-1, Files.mismatch(file, actual.resolve(file.getFileName())), file::toString);
    }
  }

  @Test
  void solve() throws Exception {
    String words =
        "--problem matching --size 4 --steps 4 --tests 8 --instances 40 --threads 1 --out ";
    program("learning.SolveCommand", words + "solved").run(folder);
    JavaProgram command = program("learning.SolveCommand", words + "again");
    kill(command, "again", writing("again"));
    kill(command, "again", files("again", 1));
    command.run(folder);
    for (String share :
        List.of("optimalShare", "plainNetworkOptimalShare", "linearModelOptimalShare")) {
      assertTrue(results("solved").path(share).isNumber(), share);
      assertEquals(results("solved").get(share), results("again").get(share));
    }
    assertTrue(WholeFiles.check(folder.resolve("again")) >= 3);
  }

  @Test
  void compare() throws Exception {
    String words =
        "--data data/rank.train --steps 20 --seeds 3 --threads 1 --only softmax|rank-net|list-mle"
            + " --quick --out ";
    program("bench.compare.CompareCommand", words + "compared").run(folder);
    JavaProgram command = program("bench.compare.CompareCommand", words + "continued");
    kill(command, "continued", files("continued", 1));
    kill(command, "continued", files("continued", 3));
    command.run(folder);
    for (int i = 0; i < 2; i++) {
      assertEquals(
          results("compared").path("losses").path(i).path("NDCG@10"),
          results("continued").path("losses").path(i).path("NDCG@10"));
    }
  }

  @Test
  void boost() throws Exception {
    String words =
        "--data data --columns 9 --rounds 8 --depth 3 --seeds 2 --threads 1"
            + " --only XGBoost.rank:ndcg --out ";
    String whole = program("bench.boosting.BoostCommand", words + "boosted").run(folder);
    JavaProgram command = program("bench.boosting.BoostCommand", words + "again-boosted");
    kill(command, "again-boosted", () -> Files.isDirectory(folder.resolve("again-boosted")));
    long start = System.nanoTime();
    // Somewhere in its training, or after it on a fast machine.
    command.killWhen(folder, () -> System.nanoTime() - start > 2_000_000_000L);
    WholeFiles.check(folder.resolve("again-boosted"));
    assertEquals(table(whole), table(command.run(folder)));
    WholeFiles.check(folder.resolve("again-boosted"));
  }

  private static List<String> table(String printed) {
    return printed.lines().filter(line -> line.startsWith("|")).toList();
  }

  @Test
  void bench() throws Exception {
    JavaProgram command =
        program("bench.BenchCommand", "--quick --only ^solver-path.n=30 --out asked");
    kill(command, "asked", printed("Rank kernel"));
    command.run(folder);
    assertTrue(results("asked").size() > 0);
  }
}
