package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** No n x n array: long lists fit into a small heap. */
final class HeapTest {
  private static final int ROWS = 16;
  private static final int COLUMNS = 65_536;

  /** What the small JVM runs. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      Random random = new Random(1);
      float[] scores = new float[ROWS * COLUMNS];
      double[] labels = new double[scores.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) random.nextGaussian();
        labels[i] = random.nextInt(16) == 0 ? 1 + random.nextInt(4) : 0;
      }
      RankingBatch batch =
          RankingBatch.rows(ScoreArray.of(scores), ROWS, COLUMNS, Relevance.grades(labels));
      ScoreArray gradient = ScoreArray.of(new float[scores.length]);
      double loss =
          MetricLoss.of(RankMetrics.ndcg(), new PairwiseSigmoid(1)).evaluate(batch, gradient);
      System.out.println("loss " + loss);
      System.exit(loss > 0 && loss < 1 ? 0 : 1);
    }
  }

  @Test
  void approxNdcg_fitsInto256MiB() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Program.class.getName()))
            .inheritIO()
            .start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertEquals(true, ended);
    assertEquals(0, process.exitValue());
  }
}
