package io.solvegrad.bench.compare;

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
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the command as its users do, on a small ranking file and on a few drawings. */
class CompareCommandTest {
  private static final FileTime OLD = FileTime.fromMillis(1000);

  @TempDir private static Path shared;
  private static Path train;
  private static Path drawings;

  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  @BeforeAll
  static void prepare() throws IOException {
    train = shared.resolve("rank.train");
    writeRanking(train, 40, 1);
    writeRanking(shared.resolve("rank.test"), 20, 2);
    Files.writeString(shared.resolve("empty.txt"), "# nothing\n");
    drawings = shared.resolve("drawings");
    for (int c = 0; c < 12; c++) {
      Path of = Files.createDirectories(drawings.resolve("class-" + c));
      for (int i = 0; i < 4; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(2 * c, 4 * i, 8, 8);
        pen.dispose();
        ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
      }
    }
  }

  /** Labels that follow the first feature, beside noise. */
  private static void writeRanking(Path file, int queries, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder rows = new StringBuilder();
    for (int q = 0; q < queries; q++) {
      for (int i = 0; i < 8; i++) {
        double feature = random.nextDouble();
        rows.append(
            String.format(
                Locale.ROOT,
                "%d qid:%d 1:%.3f 2:%.3f 5:%.3f%n",
                (int) (4 * feature),
                q,
                feature,
                random.nextDouble(),
                random.nextDouble()));
      }
    }
    Files.writeString(file, rows);
  }

  private Outcome compare(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int code =
        CompareCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            Stream.concat(Stream.of("--out", "" + folder, "--threads", "1"), Stream.of(arguments))
                .toArray(String[]::new));
    return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private Outcome rankings(String... more) {
    List<String> all = new ArrayList<>(List.of("--data", "" + train));
    all.addAll(Arrays.asList(more));
    return compare(all.toArray(String[]::new));
  }

  private static final String[] SMALL = {
    "--steps",
    "12",
    "--seeds",
    "3",
    "--variant",
    "ndcg=--loss ndcg --lambda plain:{20|100}",
    "--variant",
    "softmax=--loss softmax:temperature={1|0.5}"
  };

  private JsonNode results() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("results.json").toFile());
  }

  private List<Path> runs() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void tunesComparesAndReports() throws IOException {
    Outcome outcome = rankings(SMALL);
    assertEquals(0, outcome.code(), outcome.err());
    // Two losses with two settings each, then three seeds each.
    assertEquals(2 * 2 + 2 * 3, runs().size());
    JsonNode results = results();
    assertEquals("NDCG@10", results.path("metric").asText());
    assertEquals("ndcg", results.path("reference").asText());
    assertEquals(12, results.path("steps").path("softmax").asInt());
    JsonNode losses = results.path("losses");
    assertEquals(2, losses.size());
    for (JsonNode loss : losses) {
      assertEquals(3, loss.path("NDCG@10").path("values").size());
      assertEquals(2, loss.path("tuning").size());
      assertTrue(loss.path("MAP").path("mean").asDouble() > 0.5, loss.toString());
      if (loss.path("name").asText().equals("softmax")) {
        assertTrue(loss.path("pValue").isNumber());
        assertTrue(loss.path("pValueHolm").isNumber());
        assertTrue(loss.path("pValueBootstrap").isNumber());
        assertTrue(loss.path("pValueSignedRank").isNull(), "three seeds are too few");
      }
    }
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("Tests against ndcg") && page.contains("data:image/png"), page);
    assertFalse(page.contains("http://") || page.contains("<script"), "needs no other file");
    assertTrue(Files.exists(folder.resolve("steps.png")));
  }

  @Test
  void doesNotRepeatFinishedRunsAndRepeatsLostOnesExactly() throws IOException {
    rankings(SMALL);
    String table = Files.readString(folder.resolve("table.md"));
    List<Path> files = runs();
    for (Path file : files) {
      Files.setLastModifiedTime(file, OLD);
    }
    Files.delete(files.get(1));
    Outcome again = rankings(SMALL);
    assertEquals(0, again.code(), again.err());
    assertEquals(files, runs());
    for (Path file : files) {
      boolean kept = Files.getLastModifiedTime(file).equals(OLD);
      assertEquals(!file.equals(files.get(1)), kept, file.toString());
    }
    assertEquals(table, Files.readString(folder.resolve("table.md")));
  }

  @Test
  void reportsOnWhatIsFinished() throws IOException {
    assertEquals(
        2,
        rankings(Stream.concat(Stream.of(SMALL), Stream.of("--report")).toArray(String[]::new))
            .code());
    rankings(SMALL);
    List<Path> last = runs().stream().filter(file -> file.toString().contains("seed-3-")).toList();
    assertEquals(2, last.size());
    Files.delete(last.getFirst());
    Outcome outcome =
        rankings(Stream.concat(Stream.of(SMALL), Stream.of("--report")).toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(2, results().path("seeds").size());
    assertFalse(Files.exists(last.getFirst()));
  }

  @Test
  void turnsSecondsIntoStepsAndRepeatsThem() throws IOException {
    String[] losses = {"--seeds", "2", "--variant", "a=--loss softmax", "--variant", "b=--loss ap"};
    Outcome timed = rankings(with(losses, "--budget", "0.02"));
    assertEquals(0, timed.code(), timed.err());
    JsonNode times = results().path("times");
    assertTrue(times.path("a").path("stepMillis").asDouble() > 0, times.toString());
    assertTrue(times.path("b").path("lengths").size() > 1, times.toString());
    JsonNode first = results();
    Path kept = shared.resolve("equal-time.json");
    Files.copy(folder.resolve("results.json"), kept);
    for (Path file : runs()) {
      Files.delete(file);
    }
    assertEquals(0, rankings(with(losses, "--steps", "" + kept)).code());
    assertEquals(first.path("steps"), results().path("steps"));
    for (int i = 0; i < 2; i++) {
      assertEquals(
          first.path("losses").get(i).path("NDCG@10"),
          results().path("losses").get(i).path("NDCG@10"));
    }
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void trainsANeuralScorerAndSplitsAFileWithoutTestPart() throws IOException {
    Path alone = shared.resolve("alone.txt");
    writeRanking(alone, 30, 3);
    Outcome outcome =
        compare(
            "--data",
            "" + alone,
            "--scorer",
            "neural",
            "--steps",
            "a=40,b=20",
            "--seeds",
            "2",
            "--variant",
            "a=--loss lambda-rank",
            "--variant",
            "b=--loss pl-rank --queries 0");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode results = results();
    assertEquals("20 and 10 to test", results.path("settings").path("queries").asText());
    assertTrue(
        results.path("losses").get(0).path("NDCG@10").path("mean").asDouble() > 0.8,
        results.toString());
  }

  @Test
  void takesALookAtSixLosses() throws IOException {
    Outcome outcome = rankings("--steps", "2", "--seeds", "1", "--quick");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(6, results().path("losses").size());
  }

  @Test
  void comparesLossesOnImages() throws IOException {
    String[] arguments = {
      "--data",
      "" + drawings,
      "--steps",
      "3",
      "--seeds",
      "2",
      "--validation",
      "0.4",
      "--common",
      "--batch 8 --dimension 8",
      "--only",
      "rambo-ap|rambo-ap-noisy|smooth-ap.*|approx-ndcg|fast-ap|triplet|softmax"
    };
    Outcome outcome = compare(arguments);
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode results = results();
    assertEquals("hitRate@1", results.path("metric").asText());
    assertEquals(8, results.path("losses").size());
    assertTrue(results.path("reference").asText().startsWith("rambo-ap"), results.toString());
    for (Path file : runs().subList(0, 3)) {
      Files.delete(file);
    }
    assertEquals(0, compare(arguments).code());
    // The memory of the process is measured anew; what was learned is the same.
    JsonNode again = results();
    assertEquals(8, again.path("losses").size());
    for (int i = 0; i < 8; i++) {
      assertEquals(
          results.path("losses").get(i).path("MAP@R"), again.path("losses").get(i).path("MAP@R"));
    }
    Outcome closed = compare(with(arguments, "--on", "validation"));
    assertEquals(0, closed.code(), closed.err());
    assertTrue(Files.readString(folder.resolve("table.md")).contains("on validation classes"));
  }

  @Test
  void refusesDamagedRuns() throws IOException {
    rankings(SMALL);
    Path file = runs().getFirst();
    Files.writeString(file, Files.readString(file).substring(0, 40));
    Outcome damaged = rankings(SMALL);
    assertEquals(2, damaged.code());
    assertTrue(damaged.err().contains("cannot be read"), damaged.err());
    assertEquals(1, damaged.err().lines().count(), damaged.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--variant no-equals-sign | A variant is NAME=OPTIONS",
        "--variant ../x=--queries,3 | A variant is NAME=OPTIONS",
        "--variant a=--nonsense | Variant 'a': Unknown option: '--nonsense'",
        "--variant a=--margin,-1 | Variant 'a': --margin must be 0 or more, but is -1.",
        "--variant a=--seed,3 | --seed is the same for all",
        "--variant a=--loss,nonsense | Variant 'a': There is no loss 'nonsense'",
        "--variant a=--loss,softmax:heat=1 | Loss softmax has no parameter 'heat'",
        "--variant a=--loss,softmax,--lambda,plain:3 | Loss softmax knows no --lambda",
        "--variant a=--loss,softmax,--margin,0.1 | Loss softmax knows no --margin",
        "--variant a=--loss,triplet | Loss triplet compares embeddings",
        "--variant a=--loss,softmax:temperature=0 | temperature must be positive",
        "--variant a=--loss,ap --variant a=--loss,ap | Two settings of 'a' are the same: --loss ap.",
        "--variants nowhere.txt | There is no file nowhere.txt.",
        "--variants empty.txt | empty.txt names no loss.",
        "--variants . | . is a folder, not a file.",
        "--only nobody --variant a=--loss,ap | --only nobody matches none of [a].",
        "--only ( | --only ( is no regular expression: Unclosed group.",
        "--first-seed 999995 | --first-seed must be at most 999993, but is 999995.",
        "--relevance-level 9 | has no label of at least 9.0 (--relevance-level) among its",
        "--budget 500 | --budget must be above 0, at most 240, but is 500.",
        "--budget 5 --steps 5 | Give only one of --budget and --steps.",
        "--steps x | --steps must be a whole number",
        "--steps a=3 | does not say how many for",
        "--seeds 0 | --seeds must be 1 to 1000, but is 0.",
        "--on both | --on must be test or validation",
        "--scorer deep | --scorer must be linear or neural",
        "--validation 1 | --validation must be between 0 and 1",
        "--test nowhere | There is no file",
        "--reference nobody --only softmax | --reference nobody takes no part; these do: [softmax].",
      })
  void refusesBadInputInOneSentence(String arguments, String sentence) {
    String[] words =
        Arrays.stream(arguments.split(" "))
            .map(w -> w.replace(',', ' ').replace("empty.txt", "" + shared.resolve("empty.txt")))
            .toArray(String[]::new);
    Outcome outcome = rankings(words);
    assertEquals(2, outcome.code(), outcome.out());
    assertTrue(outcome.err().contains(sentence), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
  }

  @Test
  void refusesBadDataInOneSentence() throws IOException {
    Path broken = shared.resolve("broken.txt");
    Files.writeString(broken, "1 qid:1 1:x\n");
    Outcome outcome = compare("--data", "" + broken, "--steps", "1");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("broken.txt"), outcome.err());
    assertEquals(2, compare("--data", "nowhere", "--steps", "1").code());
    Path one = shared.resolve("one.txt");
    Files.writeString(one, "1 qid:1 1:2\n0 qid:1 1:3\n");
    Outcome tooFew = compare("--data", "" + one, "--steps", "1");
    assertEquals(2, tooFew.code());
    assertTrue(tooFew.err().contains("two queries"), tooFew.err());
  }

  @Test
  void refusesDataWithoutLabels() throws IOException {
    Path zeros = shared.resolve("zeros.test");
    Files.writeString(zeros, Files.readString(train).replaceAll("(?m)^[0-9]", "0"));
    Outcome outcome = rankings("--steps", "1", "--test", "" + zeros);
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("zeros.test has no label of at least 1.0"), outcome.err());
    Path own = shared.resolve("beside.train");
    Files.copy(train, own);
    Files.copy(zeros, shared.resolve("beside.test"));
    Outcome beside = compare("--data", "" + own, "--steps", "1");
    assertEquals(2, beside.code());
    assertTrue(beside.err().contains("beside.test has no label"), beside.err());
  }

  @Test
  void otherDataOfTheSameNameAreOtherRuns() throws IOException {
    String[] arguments = {
      "--steps", "4", "--seeds", "1", "--variant", "a=--loss ndcg", "--variant", "b=--loss softmax"
    };
    Path own = shared.resolve("own.libsvm");
    writeRanking(own, 20, 5);
    String[] all = with(arguments, "--data", "" + own);
    assertEquals(0, compare(all).code());
    JsonNode before = results();
    assertEquals(0, compare(all).code());
    assertEquals(2, runs().size());
    assertEquals(before, results());
    Files.writeString(own, Files.readString(own).replaceFirst("1:0\\.\\d+", "1:0.123"));
    assertEquals(0, compare(all).code());
    assertEquals(4, runs().size());
    assertNotEquals(
        before.path("settings").path("digest"), results().path("settings").path("digest"));
  }

  @Test
  void aSettingThatCannotBeTrainedLosesItsTuning() throws IOException {
    String[] arguments = {
      "--steps",
      "5",
      "--seeds",
      "1",
      "--variant",
      "a=--loss softmax --learning-rate {1e30|0.01}",
      "--variant",
      "b=--loss softmax --learning-rate {0.1|0.01}"
    };
    Outcome outcome = rankings(arguments);
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(
        outcome.out().contains("Variant 'a' (--loss softmax --learning-rate 1e30) fails with seed"),
        outcome.out());
    assertTrue(Files.readString(folder.resolve("report.html")).contains("failed"));
    Outcome alone =
        rankings(
            "--steps", "5", "--seeds", "1", "--variant", "a=--loss softmax --learning-rate 1e30");
    assertEquals(2, alone.code());
    assertTrue(alone.err().contains("Variant 'a'") && alone.err().contains("step"), alone.err());
    Outcome none =
        rankings(
            "--steps",
            "5",
            "--seeds",
            "1",
            "--variant",
            "a=--loss softmax --learning-rate {1e30|1e31}");
    assertEquals(2, none.code());
    assertTrue(none.err().contains("No setting of 'a' can be trained."), none.err());
  }

  @Test
  void refusesGridsOfDifferentSizes() {
    Outcome outcome =
        rankings("--variant", "a=--loss ap", "--variant", "b=--loss ap --lambda plain:{1|2}");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("a tuning grid of the same size"), outcome.err());
  }
}
