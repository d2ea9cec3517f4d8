package io.solvegrad.bench;

import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
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
 * What averaging over noisy rankings costs: {@value #SAMPLES} noisy rankings against as many passes
 * over the scores, as many rankings without noise, and as many sorts.
 *
 * <p>{@code ./solvegrad bench --only step-perturbed --out D}
 */
@State(Scope.Thread)
public class PerturbedBenchmark {
  private static final int SAMPLES = 8;
  private static final double LAMBDA_A_ROW = 10;

  /** What is measured; see {@link Config}. */
  @Param("4096/4/256/1/recall")
  public String config = "";

  private float[] scores = {};
  private float[] gradient = {};
  private float[] room = {};
  private ScoreArray target = ScoreArray.of(gradient);
  private RankingBatch batch =
      RankingBatch.rows(ScoreArray.of(new float[0]), 0, 0, Relevance.of(ItemSets.none()));
  private RankingLoss plain = MetricLoss.of(Recall.log(), new BlackboxRanker(Lambda.plain(1)));
  private RankingLoss perturbed = plain;
  private int rowLength;
  private final Diagnostics diagnostics = new Diagnostics();

  /** For the harness. */
  public PerturbedBenchmark() {}

  /** Makes rows and labels, and checks that the mean of rankings is what it should be. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    Random random = new Random(11);
    scores = Scores.matrix(c, random);
    gradient = new float[scores.length];
    room = new float[scores.length];
    target = ScoreArray.of(gradient);
    rowLength = c.n();
    int[] offsets = new int[c.rows() + 1];
    int[] positions = new int[c.rows() * c.p()];
    for (int q = 0; q < c.rows(); q++) {
      int[] some = Scores.positions(c.n(), c.p(), random);
      System.arraycopy(some, 0, positions, q * c.p(), c.p());
      offsets[q + 1] = (q + 1) * c.p();
    }
    batch =
        RankingBatch.rows(
            ScoreArray.of(scores),
            c.rows(),
            c.n(),
            Relevance.of(ItemSets.compressed(offsets, positions)));
    double lambda = LAMBDA_A_ROW * c.rows() * c.p();
    MetricLoss loss = MetricLoss.of(Recall.log(), new BlackboxRanker(Lambda.plain(lambda)));
    plain = loss.threads(1);
    perturbed = new PerturbedLoss(plain, PerturbedLoss.Noise.GAUSSIAN, 0.1, SAMPLES, 1);
    double still =
        new PerturbedLoss(plain, PerturbedLoss.Noise.GAUSSIAN, 0, SAMPLES, 1).value(batch);
    if (!(Math.abs(still - plain.value(batch)) <= 1e-9)) {
      throw new IllegalStateException("without noise the mean differs from the loss");
    }
  }

  /** {@return the mean over noisy rankings; its gradient is added to the caller's} */
  @Benchmark
  public double ours() {
    return perturbed.evaluate(batch, 1, target, diagnostics);
  }

  /** {@return as many rankings without noise} */
  @Benchmark
  public double rankings() {
    double sum = 0;
    for (int s = 0; s < SAMPLES; s++) {
      sum += plain.evaluate(batch, 1.0 / SAMPLES, target, diagnostics);
    }
    return sum;
  }

  /** {@return as many passes that read each score and write each gradient} */
  @Benchmark
  public float[] floor() {
    for (int s = 0; s < SAMPLES; s++) {
      for (int i = 0; i < scores.length; i++) {
        gradient[i] += scores[i] * 0.5f;
      }
    }
    return gradient;
  }

  /** {@return as many sorts of each row, the JDK's own, after a copy} */
  @Benchmark
  public float[] sorts() {
    for (int s = 0; s < SAMPLES; s++) {
      System.arraycopy(scores, 0, room, 0, scores.length);
      for (int from = 0; from < room.length; from += rowLength) {
        Arrays.sort(room, from, from + rowLength);
      }
    }
    return room;
  }
}
