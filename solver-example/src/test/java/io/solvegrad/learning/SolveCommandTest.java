package io.solvegrad.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the command as its users do, on small examples. */
class SolveCommandTest {
  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int code =
        SolveCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            arguments);
    return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private static Outcome train(Path out, String problem, String size, String... more) {
    String[] common = {
      "--out",
      out.toString(),
      "--problem",
      problem,
      "--size",
      size,
      "--batch",
      "4",
      "--instances",
      "40",
      "--tests",
      "9",
      "--threads",
      "1"
    };
    return run(Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray(String[]::new));
  }

  private static JsonNode results(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("results.json").toFile());
  }

  @ParameterizedTest
  @CsvSource({"terrain,4", "matching,2", "tour,5"})
  void writesAllThatItPromises(String problem, String size) throws IOException {
    Outcome outcome = train(folder, problem, size, "--steps", "3");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode results = results(folder);
    for (String share :
        new String[] {"optimalShare", "plainNetworkOptimalShare", "linearModelOptimalShare"}) {
      double value = results.path(share).asDouble(-1);
      assertTrue(value >= 0 && value <= 1, share + " " + value);
    }
    assertTrue(results.path("seconds").asDouble() > 0);
    assertEquals(problem, results.path("problem").asText());
    assertEquals(3, results.path("solver").path("steps").asInt());
    String report = Files.readString(folder.resolve("report.html"));
    assertTrue(report.contains("Unseen example 1") && report.contains("data:image/png"));
    assertTrue(Files.size(folder.resolve("example-1-solver.png")) > 100);
    assertTrue(Files.size(folder.resolve("training-curve.png")) > 1000);
  }

  @ParameterizedTest
  @CsvSource({
    "terrain,4,interpolation:20",
    "terrain,4,adaptive-implicit-mle:0.3",
    "terrain,4,fenchel-young:0.3",
    "matching,2,perturbed:0.5",
    "tour,5,average:20"
  })
  void aResumedRunEqualsAnUninterruptedOne(String problem, String size, String estimator)
      throws IOException {
    String[] settings = {"--steps", "8", "--estimator", estimator};
    train(folder.resolve("whole"), problem, size, settings);
    Path part = folder.resolve("part");
    Outcome stopped =
        train(
            part,
            problem,
            size,
            Stream.concat(Arrays.stream(settings), Stream.of("--stop-after", "5"))
                .toArray(String[]::new));
    assertEquals(0, stopped.code(), stopped.err());
    assertTrue(stopped.out().contains("--resume " + part), stopped.out());
    assertFalse(Files.exists(part.resolve("results.json")));
    Outcome again = run("--resume", part.toString(), "--stop-after", "6");
    assertEquals(0, again.code(), again.err());
    Outcome resumed = run("--resume", part.toString());
    assertEquals(0, resumed.code(), resumed.err());
    for (String net : new String[] {"solver", "plain", "linear"}) {
      assertEquals(course(folder.resolve("whole"), net), course(part, net), net);
    }
    assertEquals(
        results(folder.resolve("whole")).get("optimalShare"), results(part).get("optimalShare"));
  }

  /** Losses and shares of a training, with all digits. */
  private static String course(Path out, String net) throws IOException {
    StringBuilder course = new StringBuilder();
    try (ZipFile zip = new ZipFile(out.resolve(net + ".zip").toFile());
        var in = zip.getInputStream(zip.getEntry("training.json"))) {
      for (JsonNode point : new ObjectMapper().readTree(in).get("course")) {
        course.append(point.get("step")).append(' ').append(point.get("loss"));
        course.append(' ').append(point.get("optimal")).append('\n');
      }
    }
    assertTrue(course.length() > 10);
    return course.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--problem maze | There is no problem 'maze'; the problems are terrain, matching, tour.",
        "--size 1 | --size of terrain must be 4 to 64, but is 1.",
        "--problem matching --size 3 | --size of matching must be even, but is 3.",
        "--problem tour --size 4 | --size of tour must be 5 to 40, but is 4.",
        "--size big | Invalid value for option '--size'",
        "--estimator magic | There is no estimator 'magic'; the estimators are interpolation",
        "--estimator interpolation:-1 | The lambda of estimator interpolation must be positive",
        "--estimator interpolation:x | must be a number, but is 'x'",
        "--steps 0 | the number of steps must be positive, but is 0",
        "--steps 2 --seconds 3 | Give only one of --epochs, --steps and --seconds.",
        "--batch 0 | --batch must be 1 to 4096, but is 0.",
        "--tests 0 | --tests must be 1 to 1000000, but is 0.",
        "--instances -1 | --instances must be 1 to 1000000000, but is -1.",
        "--learning-rate NaN | --learning-rate must be positive, but is NaN.",
        "--threads 0 | --threads must be 1 to 1024, but is 0.",
        "--compare identity@x | the steps of identity must be a number, but are 'x'",
        "--compare identity,identity | --compare names an estimator twice.",
        "--resume no/such/folder | There is no saved net",
        "--resume a --size 12 | --size cannot be changed",
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

  @Test
  void comparesEstimatorsAndDoesNotRepeatFinishedRuns() throws IOException {
    String[] options = {"--compare", "interpolation:20@4,identity@3", "--seeds", "2"};
    Outcome first = train(folder, "terrain", "4", options);
    assertEquals(0, first.code(), first.err());
    assertEquals(3, results(folder).path("runs").get(1).path("steps").asInt());
    Path run = folder.resolve("identity-1.0/seed-2/results.json");
    var before = Files.getLastModifiedTime(run);
    Outcome second = train(folder, "terrain", "4", options);
    assertEquals(0, second.code(), second.err());
    assertEquals(before, Files.getLastModifiedTime(run));
    assertTrue(Files.readString(folder.resolve("table.md")).contains("| identity-1.0 | 2 |"));
    Outcome other = train(folder, "terrain", "4", "--compare", "identity@5", "--seeds", "1");
    assertEquals(2, other.code());
    assertTrue(other.err().contains("a run with other settings"), other.err());
  }

  @Tag("slow")
  @Test
  void netBehindTheSolverLearnsSmallMapsBest() throws IOException {
    Outcome outcome =
        run("--size", "6", "--steps", "600", "--tests", "300", "--out", folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode results = results(folder);
    double behindSolver = results.get("optimalShare").asDouble();
    assertTrue(behindSolver > 0.7, outcome.out());
    assertTrue(
        behindSolver > results.get("plainNetworkOptimalShare").asDouble() + 0.1, outcome.out());
    assertTrue(
        behindSolver > results.get("linearModelOptimalShare").asDouble() + 0.2, outcome.out());
  }
}
