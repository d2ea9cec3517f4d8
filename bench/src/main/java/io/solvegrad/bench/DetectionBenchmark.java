package io.solvegrad.bench;

import io.solvegrad.rambo.ClassAveragePrecision;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.Lambda;
import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Value and gradient of the AP loss of a detector with the published settings: {@value #CLASSES}
 * classes over the candidates of a batch and of {@value #MEMORY} former ones, and across classes,
 * against one copy of as many scores as are ranked.
 *
 * <p>{@code ./solvegrad bench --only detection --out D}
 */
@State(Scope.Thread)
public class DetectionBenchmark {
  private static final int CLASSES = 20;
  private static final int MEMORY = 7;

  /** What is measured: a row is an image, n its candidates, p objects of a class in the batch. */
  @Param("10000/24/8/2/-")
  public String config = "";

  private float[] gradient = {};
  private float[] all = {};
  private float[] copy = {};
  private ScoreArray target = ScoreArray.of(gradient);
  private RankingBatch batch =
      RankingBatch.rows(ScoreArray.of(new float[0]), 0, 0, Relevance.of(ItemSets.none()));
  private ClassAveragePrecision loss =
      new ClassAveragePrecision(new ClassAveragePrecision.Settings(Lambda.plain(1)));
  private final Diagnostics diagnostics = new Diagnostics();

  /** For the harness. */
  public DetectionBenchmark() {}

  /** Makes scores and labels, and fills the memory. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    Random random = new Random(11);
    int items = c.rows() * c.n();
    float[] scores = new float[items * CLASSES];
    double[] labels = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) random.nextGaussian();
    }
    for (int k = 0; k < CLASSES * c.p(); k++) {
      int cell = random.nextInt(items) * CLASSES + k % CLASSES;
      labels[cell] = 1;
      scores[cell] += 3;
    }
    gradient = new float[scores.length];
    target = ScoreArray.of(gradient);
    batch = RankingBatch.rows(ScoreArray.of(scores), items, CLASSES, Relevance.grades(labels));
    loss =
        new ClassAveragePrecision(
            new ClassAveragePrecision.Settings(
                Lambda.normalised(0.5), 0.15, 1 / 3.0, MEMORY * items, 0));
    for (int b = 0; b < MEMORY; b++) {
      ours();
    }
    if (loss.memory().size() != MEMORY * items) {
      throw new IllegalStateException("the memory is not full");
    }
    all = new float[(MEMORY + 1) * scores.length];
    Arrays.fill(all, 1);
    copy = new float[all.length];
  }

  /** {@return the loss; its gradient is added to the caller's} */
  @Benchmark
  public double ours() {
    return loss.evaluate(batch, 1, target, diagnostics);
  }

  /** {@return one copy of all scores that are ranked} */
  @Benchmark
  public float[] floor() {
    System.arraycopy(all, 0, copy, 0, all.length);
    return copy;
  }
}
