package io.solvegrad.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the command as its users do, on a small folder of drawings. */
class RetrieveCommandTest {
  @TempDir private static Path shared;
  private static Path drawings;

  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  @BeforeAll
  static void drawAll() throws IOException {
    drawings = draw(shared.resolve("drawings"));
  }

  /** Eight kinds of drawings, six of each. */
  static Path draw(Path drawings) throws IOException {
    Random random = new Random(7);
    for (int c = 0; c < 8; c++) {
      Path classFolder = Files.createDirectories(drawings.resolve("shape" + c));
      for (int i = 0; i < 6; i++) {
        ImageIO.write(shape(c, random), "png", classFolder.resolve(i + ".png").toFile());
      }
    }
    return drawings;
  }

  private static BufferedImage shape(int kind, Random random) {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    for (int s = 0; s <= kind % 4; s++) {
      int x = 3 + 8 * s + random.nextInt(3);
      if (kind < 4) {
        pen.fillRect(x, 10 + random.nextInt(3), 5, 20);
      } else {
        pen.fillOval(10 + random.nextInt(3), x, 20, 5);
      }
    }
    pen.dispose();
    return image;
  }

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int code =
        RetrieveCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            arguments);
    return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private static Outcome train(Path out, String... more) {
    String[] common = {
      "--data", drawings.toString(), "--out", out.toString(), "--batch", "16", "--threads", "1"
    };
    return run(Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray(String[]::new));
  }

  private static JsonNode results(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("results.json").toFile());
  }

  @Test
  void writesAllThatItPromises() throws IOException {
    Outcome outcome = train(folder, "--steps", "12");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode results = results(folder);
    for (String part : new String[] {"rawPixels", "untrained", "trained"}) {
      for (String metric : new String[] {"hitRate@1", "hitRate@10", "hitRate@100"}) {
        double rate = results.path(part).path(metric).asDouble(-1);
        assertTrue(rate >= 0 && rate <= 1, part + " " + metric);
      }
    }
    assertEquals(12, results.path("steps").asInt());
    assertEquals(1, results.path("seed").asInt());
    assertTrue(results.path("seconds").asDouble() > 0);
    JsonNode loss = results.path("settings").path("loss");
    assertEquals("ap", loss.path("loss").asText());
    assertEquals("plain:3200.0", loss.path("lambda").asText());
    assertEquals(32, loss.path("rankings").asInt());
    assertTrue(Files.size(folder.resolve("training-curve.png")) > 1000);
    String report = Files.readString(folder.resolve("report.html"));
    assertTrue(report.contains("shape") && report.contains("right"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(4, files.count(), "results, report, curve and model, nothing else");
    }
  }

  @Test
  void sameSeedGivesTheSameNumbersAndAnotherSeedOthers() throws IOException {
    train(folder.resolve("a"), "--steps", "8");
    train(folder.resolve("b"), "--steps", "8");
    train(folder.resolve("c"), "--steps", "8", "--seed", "2");
    assertEquals(
        results(folder.resolve("a")).get("trained"), results(folder.resolve("b")).get("trained"));
    assertEquals(course(folder.resolve("a")), course(folder.resolve("b")));
    assertNotEquals(course(folder.resolve("a")), course(folder.resolve("c")));
  }

  @ParameterizedTest
  @CsvSource({
    "recall-loglog,0,adaptive:0.1:plain:50",
    "ap,2,normalised:2",
    "recall-log+0.1*pl-rank,1,plain:200"
  })
  void aResumedRunEqualsAnUninterruptedOne(String loss, String memory, String lambda)
      throws IOException {
    String[] settings = {
      "--steps", "14", "--loss", loss, "--memory", memory, "--lambda", lambda, "--validation", "0.4"
    };
    train(folder.resolve("whole"), settings);
    Path part = folder.resolve("part");
    Outcome stopped =
        train(
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
  }

  /** The losses of the training, with all digits. */
  private static String course(Path out) throws IOException {
    StringBuilder course = new StringBuilder();
    try (var zip = new java.util.zip.ZipFile(out.resolve("model.zip").toFile());
        var in = zip.getInputStream(zip.getEntry("training.json"))) {
      for (JsonNode point : new ObjectMapper().readTree(in).get("course")) {
        course.append(point.get("step")).append(' ').append(point.get("loss")).append('\n');
      }
    }
    assertTrue(course.length() > 10);
    return course.toString();
  }

  @Test
  void validatesOnClassesThatAreNeitherTrainedOnNorTested() throws IOException {
    Outcome outcome = train(folder, "--steps", "3", "--validation", "0.5");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("validation", results(folder).path("measured").asText());
    assertEquals(2, results(folder).path("validationClasses").asInt());
    assertTrue(results(folder).path("testClasses").isMissingNode());
  }

  @Test
  void stepsWithoutAnyGradientLeaveTheNetAlone() throws IOException {
    Outcome outcome = train(folder, "--steps", "3", "--lambda", "plain:1e-12", "--noise", "0");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(results(folder).get("untrained"), results(folder).get("trained"));
  }

  @Test
  void evaluatesASavedModelWithTheSameNumbers() throws IOException {
    train(folder.resolve("a"), "--steps", "8");
    Outcome outcome =
        run(
            "--evaluate",
            folder.resolve("a/model.zip").toString(),
            "--out",
            folder.resolve("b").toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(
        results(folder.resolve("a")).get("trained"), results(folder.resolve("b")).get("trained"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--loss nonsense | There is no loss 'nonsense'; the losses are recall-loglog",
        "--lambda plain:-3 | lambda must be positive and finite, but is -3.0",
        "--lambda plain:0 | lambda must be positive and finite, but is 0.0",
        "--lambda normalised:x | lambda must end in a number, but is 'normalised:x'",
        "--lambda 200 | Maybe plain:200",
        "--lambda foo:3 | the units of lambda are plain and normalised",
        "--data no/such/folder | no/such/folder does not exist",
        "--nonsense | Unknown option: '--nonsense'",
        "--steps 0 | the number of steps must be positive, but is 0",
        "--steps 5 --epochs 2 | Give only one of --epochs, --steps and --seconds.",
        "--margin -1 | --margin must be 0 or more, but is -1.",
        "--noise NaN | --noise must be 0 or more, but is NaN.",
        "--batch 3 | --batch must be at least two classes",
        "--threads 0 | --threads must be 1 to 1024, but is 0.",
        "--batch many | Invalid value for option '--batch'",
        "--resume no/such/model.zip | There is no model no/such/model.zip.",
        "--resume a.zip --evaluate b.zip | Give only one of --evaluate and --resume.",
        "--evaluate model.zip --margin 0.2 | --margin cannot be changed",
      })
  void refusesBadInputInOneSentence(String arguments, String sentence) throws IOException {
    String[] words = (arguments + " --out " + folder.resolve("out")).trim().split(" ");
    Outcome outcome = run(words);
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains(sentence), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
  }

  @Test
  void refusesADamagedModel() throws IOException {
    train(folder.resolve("a"), "--steps", "3");
    byte[] model = Files.readAllBytes(folder.resolve("a/model.zip"));
    Path damaged = folder.resolve("damaged.zip");
    Files.write(damaged, Arrays.copyOf(model, model.length / 2));
    assertRefused(damaged);
    model[model.length / 2] ^= 1;
    Files.write(damaged, model);
    assertRefused(damaged);
    Files.writeString(damaged, "not a zip");
    assertRefused(damaged);
  }

  private void assertRefused(Path model) {
    Outcome outcome = run("--evaluate", model.toString(), "--out", folder.toString());
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("damaged"), outcome.err());
  }
}
