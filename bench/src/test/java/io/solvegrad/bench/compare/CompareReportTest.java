package io.solvegrad.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.retrieval.loss.LossSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report on runs with made-up outcomes, word for word. */
class CompareReportTest {
  private static final double[] AP = {0.50, 0.52, 0.49, 0.51, 0.53, 0.50, 0.51, 0.52};
  private static final double[] TRIPLET = {0.51, 0.55, 0.51, 0.53, 0.55, 0.52, 0.53, 0.55};

  private static final String TABLE =
      """
      2 losses, 8 seeds, 9 s of training a run, turned into steps. Best by score on test groups: triplet with 0.5313; the reference is ap with 0.5100. Every loss had the same model, data and batches, and a tuning grid of the same size.

      | loss | setting | steps | score | ms a step | ms the loss | peak MB | lists without gradient |
      |---|---|---|---|---|---|---|---|
      | triplet | --loss triplet | 80 | 0.5313 ± 0.0173 | - | - | 700 | 25.0 % |
      | ap | --loss ap | 90 | 0.5100 ± 0.0131 | 100.00 | 1.500 | 700 | 25.0 % |

      | loss | difference | its deviation | paired t p | p by Holm | signed rank p | bootstrap 95 % | bootstrap p |
      |---|---|---|---|---|---|---|---|
      | triplet | +0.0213 | 0.0064 | 3.26e-05 | 3.26e-05 | 0.00781 | +0.0213 to +0.0213 | 0.000200 |
      """;

  @TempDir private Path folder;

  /** A task that is only talked about. */
  private static final class Named implements Task {
    @Override
    public Map<String, String> settings() {
      return Map.of("data", "<nothing>");
    }

    @Override
    public List<String> metrics() {
      return List.of("score");
    }

    @Override
    public String primary() {
      return "score";
    }

    @Override
    public String defaultVariants() {
      return "images.txt";
    }

    @Override
    public List<String> mostTelling() {
      return List.of();
    }

    @Override
    public LossSettings loss(Variant variant) {
      return RankingOptions.parse(Variant.parse("x=--loss ap", "").getFirst()).loss();
    }

    @Override
    public String model(Variant variant) {
      return "none";
    }

    @Override
    public String describe(Variant variant) {
      return variant.text();
    }

    @Override
    public Trial start(Variant variant, long seed, long steps) {
      throw new UnsupportedOperationException("nothing is trained");
    }

    @Override
    public int threads() {
      return 1;
    }

    @Override
    public String groups() {
      return "groups";
    }

    @Override
    public boolean unitVectors() {
      return true;
    }
  }

  private static Finalist finalist(String name, long steps, double... values) {
    List<Outcome> runs = new ArrayList<>();
    for (double value : values) {
      Quality quality =
          new Quality(Map.of("score", value), new double[] {value, 3 * value}, new int[] {1, 3});
      List<Outcome.Point> curve =
          List.of(new Outcome.Point(steps / 2, value / 2), new Outcome.Point(steps, value));
      runs.add(new Outcome(steps, 9, 1, 0.25, 700.0, curve, quality, quality));
    }
    List<Finalist.Tried> tuning = new ArrayList<>();
    List<Variant> grid = Variant.parse(name + "=--loss " + name + " {|--margin 1}", "");
    grid.forEach(variant -> tuning.add(new Finalist.Tried(variant, 0.4)));
    return new Finalist(name, grid.getFirst(), tuning, runs);
  }

  private static CompareReport report(
      List<Finalist> finalists, int planned, @Nullable Double budget) {
    return new CompareReport(
        new Named(),
        Standing.of(finalists, finalists.getFirst(), "score"),
        finalists.getFirst(),
        LongStream.rangeClosed(1, finalists.getFirst().runs().size()).boxed().toList(),
        planned,
        new StepTimes(Map.of(), "a machine", Map.of()),
        budget,
        false);
  }

  @Test
  void saysNoMoreThanTheRunsSay() throws IOException {
    Finalist one = finalist("one", 90, 0.5);
    CompareReport alone = report(List.of(one), 3, 0.05);
    assertTrue(
        alone
            .markdown()
            .startsWith("1 loss, 1 seed of 3, 0.05 s of training a run, turned into steps."),
        alone.markdown());
    assertFalse(alone.markdown().contains("\u00b1"), "a single value has no deviation");
    assertFalse(alone.markdown().contains("paired t"), "nothing is tested");
    alone.write(folder);
    assertFalse(Files.readString(folder.resolve("report.html")).contains("Tests against"));
    assertFalse(Files.readString(folder.resolve("report.html")).contains("times measured on"));
    CompareReport level = report(List.of(one, finalist("two", 80, 0.5)), 1, null);
    assertTrue(
        level
            .markdown()
            .startsWith(
                "2 losses, 1 seed, steps given for each loss. Best by score on validation groups:"
                    + " one and two, level with 0.5000."),
        level.markdown());
  }

  @Test
  void saysWhatTheRunsSay() throws IOException {
    Finalist ap = finalist("ap", 90, AP);
    Finalist triplet = finalist("triplet", 80, TRIPLET);
    StepTimes times =
        new StepTimes(
            Map.of(),
            "a machine",
            Map.of(
                "ap",
                new StepTimes.Time(
                    "--loss ap",
                    100,
                    1.5,
                    List.of(new LossTimes.Length(64, 2), new LossTimes.Length(256, 9)))));
    CompareReport report =
        new CompareReport(
            new Named(),
            Standing.of(List.of(ap, triplet), ap, "score"),
            ap,
            List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L),
            8,
            times,
            9.0,
            true);
    report.write(folder);
    assertEquals(TABLE, Files.readString(folder.resolve("table.md")));
    JsonNode results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    JsonNode best = results.path("losses").get(0);
    assertEquals("triplet", best.path("name").asText());
    assertEquals(2.0 / 256, best.path("pValueSignedRank").asDouble(), 1e-12);
    assertEquals(80, results.path("steps").path("triplet").asInt());
    assertEquals(0.51, best.path("score").path("values").get(0).asDouble());
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("&lt;nothing&gt;") && !page.contains("<nothing>"), "is escaped");
    for (String heading :
        List.of(
            "Result",
            "Tests against ap",
            "By steps",
            "By seconds",
            "Time of the loss by",
            "Tuning",
            "Settings")) {
      assertTrue(page.contains("<h2>" + heading), heading);
    }
    for (String chart : List.of("steps.png", "seconds.png", "lengths.png")) {
      assertTrue(Files.size(folder.resolve(chart)) > 1000, chart);
    }
  }
}
