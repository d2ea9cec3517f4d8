package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.Lambda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The example of the README does what the README says, and the README shows this very code. */
class ReadmeExampleTest {
  private static String example() {
    // example
    float[] scores = {0.9f, 0.1f, 0.5f, 0.3f, 0.7f};
    var batch = RankingBatch.rows(ScoreArray.of(scores), 1, 5, Relevance.grades(0, 1, 0, 1, 0));
    var loss = MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(20))).margin(0.05);
    float[] gradient = new float[5];
    for (int step = 0; step < 20; step++) {
      Arrays.fill(gradient, 0);
      loss.evaluate(batch, ScoreArray.of(gradient));
      for (int i = 0; i < 5; i++) scores[i] -= gradient[i];
    }
    // end
    return Arrays.toString(scores) + " loss " + loss.value(batch);
  }

  @Test
  void reachesWhatTheReadmePrints() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String outcome = example();
    assertTrue(outcome.endsWith("loss 0.0"), outcome);
    assertTrue(readme.contains(outcome), "the README should print " + outcome);
  }

  @Test
  void readmeShowsThisCode() throws IOException {
    String self =
        Files.readString(Path.of("src/test/java/io/solvegrad/rambo/ReadmeExampleTest.java"));
    String code = self.substring(self.indexOf("// example") + 10, self.indexOf("// end"));
    assertEquals(
        tokens(code), tokens(section(Files.readString(Path.of("../README.md")), "```java")));
  }

  private static String section(String text, String opening) {
    int begin = text.indexOf(opening) + opening.length();
    return text.substring(begin, text.indexOf("```", begin));
  }

  /** The code without white space and comments. */
  private static String tokens(String code) {
    return code.replaceAll("//[^\n]*", "").replaceAll("\\s+", "");
  }
}
