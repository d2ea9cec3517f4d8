package io.solvegrad.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.detection.data.DataFolder;
import io.solvegrad.detection.data.DetectionData;
import io.solvegrad.detection.data.SceneFolder;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.detection.PixelConvention;
import io.solvegrad.evaluation.detection.TruthSet;
import io.solvegrad.evaluation.detection.VocEvaluator;
import io.solvegrad.evaluation.detection.VocFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the command as its users do, on a few scenes. */
class DetectCommandTest {
  @TempDir private static Path shared;
  private static Path scenes;

  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  @BeforeAll
  static void draw() throws IOException {
    scenes = shared.resolve("scenes");
    SceneFolder.ensure(scenes, 2, 64, new SceneFolder.Counts(40, 8, 24));
  }

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int code =
        DetectCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            arguments);
    return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private static Outcome small(Path out, String... more) {
    String[] common = {
      "--data", "" + scenes, "--out", "" + out, "--size", "64", "--batch", "4", "--threads", "1"
    };
    return run(Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray(String[]::new));
  }

  private static JsonNode results(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("results.json").toFile());
  }

  @Test
  void writesAllThatItPromises() throws IOException {
    Outcome outcome = small(folder, "--steps", "12");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode results = results(folder);
    for (String part : new String[] {"untrained", "trained"}) {
      for (String metric : new String[] {"AP50", "AP50-11point", "AP75", "COCO-AP"}) {
        double ap = results.path(part).path(metric).asDouble(-1);
        assertTrue(ap >= 0 && ap <= 1, part + " " + metric);
      }
    }
    assertEquals(12, results.path("steps").asInt());
    assertEquals("normalised:50.0", results.path("settings").path("lambda").asText());
    assertTrue(results.path("lossShare").asDouble() > 0);
    assertTrue(outcome.out().contains("ms a step"), outcome.out());
    String report = Files.readString(folder.resolve("report.html"));
    for (String part : new String[] {"right", "wrong", "missed", "AP75", "data:image/jpeg"}) {
      assertTrue(report.contains(part), part);
    }
    assertFalse(report.contains("<script") || report.contains("src=\"http"), "one file is enough");
    for (String file : new String[] {"training-curve.png", "precision-recall.png", "model.zip"}) {
      assertTrue(Files.size(folder.resolve(file)) > 1000, file);
    }
  }

  @Test
  void theFilesOfDetectionsGiveTheSameAveragePrecision() throws IOException {
    assertEquals(0, small(folder, "--steps", "30", "--head", "cross-entropy").code());
    TruthSet truth = VocFiles.readTruth(scenes, "test", Outside.CLIP);
    List<Detection> detections =
        VocFiles.readDetections(folder.resolve("detections"), truth, Outside.KEEP);
    assertTrue(detections.size() > 100);
    double ap50 =
        new VocEvaluator(0.5, PixelConvention.INCLUSIVE).evaluate(truth, detections).areaMap();
    assertEquals(results(folder).path("trained").path("AP50").asDouble(), ap50, 1e-9);
  }

  @Test
  void sameSeedGivesTheSameNumbersAndAnotherSeedOthers() throws IOException {
    small(folder.resolve("a"), "--steps", "6");
    small(folder.resolve("b"), "--steps", "6");
    small(folder.resolve("c"), "--steps", "6", "--seed", "2");
    assertEquals(course(folder.resolve("a")), course(folder.resolve("b")));
    assertEquals(
        results(folder.resolve("a")).get("trained"), results(folder.resolve("b")).get("trained"));
    assertNotEquals(course(folder.resolve("a")), course(folder.resolve("c")));
  }

  @ParameterizedTest
  @CsvSource({
    "ap,2,adaptive:0.1:normalised:0.5",
    "ap,0,plain:500",
    "cross-entropy,0,normalised:0.5",
    "focal,0,normalised:0.5",
    "ap-loss,0,normalised:0.5",
    "rank-sort,0,normalised:0.5"
  })
  void aResumedRunEqualsAnUninterruptedOne(String head, String memory, String lambda)
      throws IOException {
    String[] settings = {
      "--steps", "13", "--head", head, "--memory", memory, "--lambda", lambda, "--validation"
    };
    small(folder.resolve("whole"), settings);
    Path part = folder.resolve("part");
    Outcome stopped =
        small(
            part,
            Stream.concat(Arrays.stream(settings), Stream.of("--stop-after", "5"))
                .toArray(String[]::new));
    assertEquals(0, stopped.code(), stopped.err());
    assertTrue(stopped.out().contains("Stopped after step 5"), stopped.out());
    assertFalse(Files.exists(part.resolve("results.json")));
    Outcome resumed =
        run("--resume", part.resolve("model.zip").toString(), "--out", part.toString());
    assertEquals(0, resumed.code(), resumed.err());
    assertEquals(course(folder.resolve("whole")), course(part));
    assertEquals(results(folder.resolve("whole")).get("trained"), results(part).get("trained"));
    assertEquals("val", results(part).path("measured").asText());
    Outcome evaluated =
        run("--evaluate", part.resolve("model.zip").toString(), "--out", "" + folder.resolve("e"));
    assertEquals(0, evaluated.code(), evaluated.err());
    assertEquals(results(part).get("trained"), results(folder.resolve("e")).get("trained"));
  }

  /** The losses of the training, with all digits. */
  private static String course(Path out) throws IOException {
    StringBuilder course = new StringBuilder();
    try (var zip = new ZipFile(out.resolve("model.zip").toFile());
        var in = zip.getInputStream(zip.getEntry("training.json"))) {
      for (JsonNode point : new ObjectMapper().readTree(in).get("course")) {
        course.append(point.get("step")).append(' ').append(point.get("classLoss"));
        course.append(' ').append(point.get("boxLoss")).append('\n');
      }
    }
    assertTrue(course.length() > 10);
    return course.toString();
  }

  @Test
  void drawsItsOwnScenesAndLeavesTheSameOnesAlone() throws IOException {
    String[] arguments = {
      "--scenes", "10", "--size", "64", "--steps", "2", "--batch", "4", "--out", "" + folder
    };
    assertEquals(0, run(arguments).code());
    Path mark = folder.resolve("scenes/seed-1/scenes.txt");
    var written = Files.getLastModifiedTime(mark);
    assertEquals(0, run(arguments).code());
    assertEquals(written, Files.getLastModifiedTime(mark));
    DetectionData data = DataFolder.load(mark.getParent(), 64, false);
    assertEquals(10, data.train().pictures().size());
  }

  @Test
  void comparesHeadsSeedBySeedAndDoesNotRepeatFinishedRuns() throws IOException {
    String[] arguments = {
      "--compare", "ap", "--compare", "plain=--head ap --memory 0", "--seeds", "2", "--steps", "3"
    };
    Outcome timing = small(folder, append(arguments, "--timing"));
    assertEquals(0, timing.code(), timing.err());
    assertTrue(Files.exists(folder.resolve("timing.json")));
    assertFalse(Files.exists(folder.resolve("table.md")));
    Files.writeString(folder.resolve("timing.json"), "{\"ap\": 30.0, \"plain\": 15.0}");
    Outcome outcome = small(folder, arguments);
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(3, results(folder.resolve("ap/seed-1")).path("steps").asInt());
    assertEquals(6, results(folder.resolve("plain/seed-2")).path("steps").asInt(), "equal time");
    assertTrue(Files.readString(folder.resolve("table.md")).contains("| plain | 2 |"));
    assertEquals(2, results(folder).path("rows").path("AP50").size());
    assertTrue(Files.readString(folder.resolve("report.html")).contains("signed rank p"));
    Files.delete(folder.resolve("plain/seed-2/results.json"));
    Outcome again = small(folder, arguments);
    assertEquals(1, again.out().lines().filter(line -> line.contains("   AP50 ")).count());
    Outcome other = small(folder, append(arguments, "--margin", "0.3"));
    assertEquals(2, other.code());
    assertTrue(other.err().contains("is a run with other settings"), other.err());
  }

  private static String[] append(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--head nonsense | There is no head 'nonsense'; the heads are ap, cross-entropy",
        "--lambda 200 | Maybe plain:200",
        "--data no/such/folder | There is no folder no/such/folder.",
        "--steps 5 --epochs 2 | Give only one of --epochs, --steps and --seconds.",
        "--margin -1 | --margin must be 0 or more, but is -1.",
        "--interclass 2 | --interclass must be 0 to 1, but is 2.",
        "--size 100 | --size must be a multiple of 8 from 64 to 1024, but is 100.",
        "--class-weight 0 | --class-weight must be more than 0, but is 0.",
        "--scenes 0 | --scenes must be 1 to 1000000, but is 0.",
        "--seconds 0 | the number of seconds must be positive",
        "--resume no/such/model.zip | There is no model no/such/model.zip.",
        "--evaluate model.zip --margin 0.2 | --margin cannot be changed",
        "--compare nonsense | There is no head 'nonsense'",
        "--compare ap --compare ap | Two variants are named 'ap'.",
        "--compare ap --epochs 3 | A comparison is at equal time",
        "--compare ap --seeds 0 | --seeds must be 1 to 1000, but is 0.",
        "--compare a=--steps | Variant 'a'",
        "--compare ap --resume a.zip | --compare cannot be changed",
      })
  void refusesBadInputInOneSentence(String arguments, String sentence) {
    String[] words = (arguments + " --out " + folder.resolve("out")).trim().split(" ");
    Outcome outcome = run(words);
    assertEquals(2, outcome.code(), outcome.out());
    assertTrue(outcome.err().contains(sentence), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
  }

  @Test
  void refusesADamagedModelAndOneOfOtherClasses() throws IOException {
    small(folder.resolve("a"), "--steps", "2");
    byte[] model = Files.readAllBytes(folder.resolve("a/model.zip"));
    Path damaged = folder.resolve("damaged.zip");
    Files.write(damaged, Arrays.copyOf(model, model.length / 2));
    Outcome outcome = run("--evaluate", "" + damaged, "--out", "" + folder);
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("damaged"), outcome.err());
    Path other = folder.resolve("other");
    SceneFolder.ensure(other, 2, 64, new SceneFolder.Counts(2, 1, 2));
    Outcome classes =
        run(
            "--evaluate",
            "" + folder.resolve("a/model.zip"),
            "--data",
            "" + other,
            "--out",
            "" + folder);
    assertEquals(2, classes.code(), classes.err());
    assertTrue(classes.err().contains("The model finds"), classes.err());
  }
}
