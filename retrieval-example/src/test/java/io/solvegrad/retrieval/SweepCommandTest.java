package io.solvegrad.retrieval;

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
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the command as its users do, on a small folder of drawings. */
class SweepCommandTest {
  private static final String SMALL = "--batch 8 --dimension 16 --threads 1 --steps 3";

  @TempDir private static Path shared;
  private static Path drawings;

  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  @BeforeAll
  static void draw() throws IOException {
    drawings = RetrieveCommandTest.draw(shared.resolve("drawings"));
  }

  private Outcome sweep(String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    Stream<String> common =
        Stream.of("--data", "" + drawings, "--out", "" + folder, "--seeds", "2");
    int code =
        SweepCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            Stream.concat(common, Stream.of(more)).toArray(String[]::new));
    return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private Path run(String variant, int seed) {
    return folder.resolve(variant).resolve("seed-" + seed).resolve("results.json");
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void comparesVariantsAndDoesNotRepeatFinishedRuns() throws IOException {
    String[] arguments = {
      "--common", SMALL, "--variant", "plain=", "--variant", "memory=--memory 2 --steps 4"
    };
    Outcome outcome = sweep(arguments);
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(3, json(run("plain", 1)).path("steps").asInt());
    assertEquals(4, json(run("memory", 2)).path("steps").asInt());
    assertEquals("test", json(run("memory", 2)).path("measured").asText());
    JsonNode rows = json(folder.resolve("results.json")).path("rows");
    assertEquals(2, rows.size());
    assertEquals(
        json(run("memory", 2)).path("trained").path("hitRate@1").asDouble(),
        rows.get(1).path("values").get(1).asDouble());
    assertTrue(Files.readString(folder.resolve("table.md")).contains("| memory | 2 |"));

    // An old date shows whether a run is written anew.
    FileTime old = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(run("plain", 2), old);
    String before = Files.readString(run("memory", 1));
    Files.delete(run("memory", 1));
    assertEquals(0, sweep(arguments).code());
    assertEquals(old, Files.getLastModifiedTime(run("plain", 2)));
    assertEquals(
        new ObjectMapper().readTree(before).path("trained"),
        json(run("memory", 1)).path("trained"));
  }

  @Test
  void measuresValidationClassesWithoutALookAtTestClasses() throws IOException {
    Outcome outcome =
        sweep(
            "--common",
            SMALL + " --validation 0.5",
            "--variant",
            "fixed=",
            "--variant",
            "adaptive=--lambda adaptive:0.1:plain:20");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode fixed = json(run("fixed", 1));
    assertEquals("validation", fixed.path("measured").asText());
    // 8 classes: 4 to test on, 2 of the others to validate on.
    assertEquals(2, fixed.path("measuredClasses").asInt());
    assertEquals(1.0, fixed.path("lambdaFactor").asDouble());
    assertFalse(json(run("adaptive", 1)).path("lambdaFactor").asDouble() == 1.0);
    assertEquals(
        "adaptive:0.1:plain:20.0",
        json(run("adaptive", 1)).path("settings").path("lambda").asText());
  }

  @Test
  void refusesResultsOfOtherSettingsOrDamagedOnes() throws IOException {
    assertEquals(0, sweep("--common", SMALL, "--variant", "a=").code());
    Outcome other = sweep("--common", SMALL, "--variant", "a=--margin 0.1");
    assertEquals(2, other.code());
    assertTrue(other.err().contains("is a run with other settings"), other.err());
    byte[] content = Files.readAllBytes(run("a", 1));
    Files.write(run("a", 1), java.util.Arrays.copyOf(content, 40));
    Outcome damaged = sweep("--common", SMALL, "--variant", "a=");
    assertEquals(2, damaged.code());
    assertTrue(damaged.err().contains("cannot be read"), damaged.err());
    assertEquals(1, damaged.err().lines().count(), damaged.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-equals-sign | A variant is NAME=OPTIONS",
        "../x=--steps 3 | A variant is NAME=OPTIONS",
        "a=--nonsense | Variant 'a': Unknown option: '--nonsense'",
        "a=--margin -1 | --margin must be 0 or more",
        "a=--seed 3 | A sweep gives the seeds",
        "a=--loss nonsense | Variant 'a': There is no loss 'nonsense'",
        "a=--validation 1 | --validation must be 0 or more and less than 1",
        "a=--lambda adaptive:2:plain:3 | a share of moved items between 0 and 1",
      })
  void refusesBadVariantsInOneSentence(String variant, String sentence) {
    Outcome outcome = sweep("--variant", variant);
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains(sentence), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
  }

  @Test
  void refusesTwoVariantsOfOneName() {
    Outcome outcome = sweep("--variant", "a=", "--variant", "a=--memory 1");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("Two variants are named 'a'."), outcome.err());
  }
}
