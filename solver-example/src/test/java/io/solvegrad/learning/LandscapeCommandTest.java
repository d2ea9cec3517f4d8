package io.solvegrad.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandscapeCommandTest {
  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int code =
        LandscapeCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            arguments);
    return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "ranking,landscape.png",
    "shortest-path,line.png",
    "matching,landscape.png",
    "tour,line.png",
    "metric,metric-ndcg.png",
    "margin,margin-tie.png"
  })
  void drawsEveryProblemTheSameTwice(String problem, String picture) throws IOException {
    for (String name : new String[] {"a", "b"}) {
      Outcome outcome =
          run(
              "--problem",
              problem,
              "--lambdas",
              "1,4",
              "--grid",
              "9",
              "--out",
              folder.resolve(name).toString());
      assertEquals(0, outcome.code(), outcome.err());
    }
    String page = Files.readString(folder.resolve("a/landscape.html"));
    assertEquals(page, Files.readString(folder.resolve("b/landscape.html")));
    assertFalse(page.contains("http://") || page.contains("https://"), "needs no other file");
    assertTrue(Files.size(folder.resolve("a").resolve(picture)) > 1000);
    assertTrue(Files.readString(folder.resolve("a/results.json")).contains("\"" + problem + "\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--problem maze | There is no problem 'maze'; the problems are ranking, shortest-path",
        "--lambdas 1,x | Invalid value for option '--lambdas'",
        "--lambdas 0 | --lambdas must be positive, but is 0.",
        "--lambdas NaN | --lambdas must be positive, but is NaN.",
        "--lambdas 4,2 | --lambdas must be ascending, but 2.0 follows 4.0.",
        "--grid 1 | --grid must be 2 to 401, but is 1.",
        "--margin 0 | --margin must be positive, up to 10, but is 0.",
        "--nonsense | Unknown option: '--nonsense'",
      })
  void refusesBadInputInOneSentence(String arguments, String sentence) {
    String[] words = (arguments + " --out " + folder.resolve("out")).trim().split(" ");
    Outcome outcome = run(words);
    assertEquals(2, outcome.code(), outcome.out());
    assertTrue(outcome.err().contains(sentence), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertFalse(Files.exists(folder.resolve("out")));
  }
}
