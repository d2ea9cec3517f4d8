package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankTerm;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.Targets;
import io.solvegrad.ranking.metric.MeanTerm;
import io.solvegrad.solver.Lambda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about metrics of one's own shows this very code, and its three ways agree. */
final class OwnMetricExampleTest {
  // example
  record RootPrecision() implements RankMetric<Ranks> {
    @Override
    public double normaliser(Targets targets) {
      return targets.totalWeight();
    }

    @Override
    public double loss(Targets targets, Ranks ranks, double scale) {
      double found = 0;
      for (int k = 0; k < targets.count(); k++) {
        double weight = targets.weight(k);
        double value = Math.sqrt(ranks.among(k) / ranks.rank(k));
        found += weight * value;
        ranks.pushRank(k, -scale * weight * (-value / (2 * ranks.rank(k))));
        ranks.pushAmong(k, -scale * weight * (value / (2 * ranks.among(k))));
      }
      return normaliser(targets) - found;
    }
  }

  private static RankingLoss example() {
    RankingLoss loss =
        MetricLoss.of(new RootPrecision(), new BlackboxRanker(Lambda.plain(20))).margin(0.05);
    return loss;
  }

  private static RankMetric<Ranks> byDifferences() {
    RankMetric<Ranks> short1 =
        new MeanTerm(RankTerm.of((rank, among) -> among / Math.sqrt(rank * among)));
    return short1;
  }

  private static RankMetric<Ranks> byDifferentiation() {
    RankMetric<Ranks> exact =
        new MeanTerm(
            new DifferentiatedTerm((rank, among) -> among.divide(rank.multiply(among).sqrt())));
    return exact;
  }

  // end

  @Test
  void threeWaysAgree() {
    RankingBatch batch =
        RankingBatch.rows(
                ScoreArray.of(0.9, 0.1, 0.5, 0.3, 0.7, 0.2, 0.8, 0.4),
                2,
                4,
                Relevance.grades(0, 1, 0, 1, 0, 1, 0, 1))
            .itemWeights(1, 1, 1, 2, 1, 1, 1, 3);
    Outcome hand = Outcome.of(example(), batch).requireGradient();
    // Relevant at ranks 4 (first among 2) and 3 and so on: by hand from the definition.
    double first = (2 * Math.sqrt(1 / 3.0) + Math.sqrt(2 / 4.0)) / 3;
    double second = (3 * Math.sqrt(1 / 3.0) + Math.sqrt(2 / 4.0)) / 4;
    assertEquals(1 - (first + second) / 2, hand.value(), 1e-12);
    BlackboxRanker ranker = new BlackboxRanker(Lambda.plain(20));
    for (RankMetric<Ranks> metric : List.of(byDifferences(), byDifferentiation())) {
      Outcome.of(MetricLoss.of(metric, ranker).margin(0.05), batch).assertClose(hand, 1e-12);
    }
  }

  @Test
  void pageShowsThisCode() throws IOException {
    String self =
        tokens(
            Files.readString(
                Path.of("src/test/java/io/solvegrad/rambo/OwnMetricExampleTest.java")));
    String page = Files.readString(Path.of("../docs/own-metric.md"));
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map((MatchResult block) -> tokens(block.group(1)))
            .toList();
    assertEquals(4, blocks.size());
    blocks.forEach(block -> assertTrue(self.contains(block), block));
  }

  /** Every type of the page stands in its table, with its package and library. */
  @Test
  void pageSaysWhereTypesAre() throws Exception {
    String page = Files.readString(Path.of("../docs/own-metric.md"));
    Set<String> listed = new TreeSet<>();
    List<MatchResult> rows =
        Pattern.compile("\\| (`.*`) \\| `(.*)` \\| `.*:(?:solvegrad-)?(.*)` \\|")
            .matcher(page)
            .results()
            .toList();
    for (MatchResult row : rows) {
      for (String name : row.group(1).replace("`", "").split(", ")) {
        Class<?> type = Class.forName(row.group(2) + "." + name);
        String place = "" + type.getProtectionDomain().getCodeSource().getLocation();
        assertTrue(place.contains("/" + row.group(3)), place);
        listed.add(name);
      }
    }
    Set<String> used = new TreeSet<>();
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
    while (block.find()) {
      Pattern.compile("\\b[A-Z]\\w+")
          .matcher(block.group(1))
          .results()
          .forEach(word -> used.add(word.group()));
    }
    used.removeAll(Set.of("Math", "RootPrecision"));
    assertTrue(listed.containsAll(used), used + " but the table has " + listed);
  }

  /** The code without white space, comments and annotations that only this build asks for. */
  private static String tokens(String code) {
    return code.replaceAll("//[^\n]*", "").replaceAll("@Override", "").replaceAll("\\s+", "");
  }
}
