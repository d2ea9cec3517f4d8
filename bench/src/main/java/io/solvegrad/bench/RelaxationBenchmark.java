package io.solvegrad.bench;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.LapSum;
import io.solvegrad.relaxation.PairwiseSigmoid;
import io.solvegrad.relaxation.SoftRank;
import io.solvegrad.relaxation.surrogate.RankRegression;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Value and gradient of a smooth loss through the public interface, as in training. The last part
 * of the configuration names the loss.
 *
 * <p>{@code ./solvegrad bench --only relaxation --out D}
 */
@State(Scope.Thread)
public class RelaxationBenchmark {

  /** What is measured; see {@link Config}. */
  @Param("256/204/256/1/ApproxNDCG")
  public String config = "";

  private float[] scores = {};
  private double[] labels = {};
  private ScoreArray target = ScoreArray.of(new float[0]);
  private float[] gradient = {};
  private RankingBatch batch =
      RankingBatch.rows(ScoreArray.of(scores), 0, 0, Relevance.grades(labels));
  private RankingLoss loss = SurrogateLoss.of(new Softmax());
  private RankingLoss lapSum = loss;
  private final Diagnostics diagnostics = new Diagnostics();

  /** For the harness. */
  public RelaxationBenchmark() {}

  /** Makes rows and labels: grades 1 to 4, or 1 where the loss is binary. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    Random random = new Random(12);
    scores = Scores.matrix(c, random);
    labels = new double[scores.length];
    boolean graded = c.moves().equals("ApproxNDCG");
    for (int q = 0; q < c.rows(); q++) {
      for (int position : Scores.positions(c.n(), c.p(), random)) {
        labels[q * c.n() + position] = graded ? 1 + random.nextInt(4) : 1;
      }
    }
    gradient = new float[scores.length];
    target = ScoreArray.of(gradient);
    batch = RankingBatch.rows(ScoreArray.of(scores), c.rows(), c.n(), Relevance.grades(labels));
    loss =
        switch (c.moves()) {
          case "ApproxNDCG" ->
              MetricLoss.of(RankMetrics.ndcg(), new PairwiseSigmoid(1)).threads(c.threads());
          case "SmoothAP" ->
              MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(TorchRelaxations.SMOOTH_AP))
                  .threads(c.threads());
          case "softmax" -> SurrogateLoss.of(new Softmax()).threads(c.threads());
          case "SoftRank" ->
              SurrogateLoss.of(
                      new RankRegression(new SoftRank(TorchRelaxations.STRENGTH), rank -> 1))
                  .threads(c.threads());
          default -> throw new IllegalArgumentException("unknown loss " + c.moves());
        };
    lapSum = MetricLoss.of(RankMetrics.ndcg(), new LapSum(1)).threads(c.threads());
  }

  /** {@return the loss; its gradient is added to the caller's} */
  @Benchmark
  public double ours() {
    return loss.evaluate(batch, 1, target, diagnostics);
  }

  /** {@return NDCG with the Laplace step in O(n log n), the alternative to the pairwise sigmoid} */
  @Benchmark
  public double lapSum() {
    return lapSum.evaluate(batch, 1, target, diagnostics);
  }

  /**
   * {@return the loss; the same written in tensors}
   *
   * @param peer libtorch
   */
  @Benchmark
  public float libtorch(Torch peer) {
    return peer.torch.step();
  }

  /**
   * {@return the loss; Smooth-AP with the pairs of relevant candidates alone}
   *
   * @param peer libtorch
   */
  @Benchmark
  public float libtorchGathered(GatheredTorch peer) {
    return peer.torch.step();
  }

  /** The peer, which only its own benchmark loads. */
  @State(Scope.Thread)
  public static class Torch {
    private TorchRelaxations torch = none();

    /** For the harness. */
    public Torch() {}

    /**
     * Hands the rows over and compares loss and gradient.
     *
     * @param ours the same rows
     */
    @Setup
    public void prepare(RelaxationBenchmark ours) {
      torch = compared(ours, false);
    }
  }

  /** The peer in its other form. */
  @State(Scope.Thread)
  public static class GatheredTorch {
    private TorchRelaxations torch = none();

    /** For the harness. */
    public GatheredTorch() {}

    /**
     * Hands the rows over and compares loss and gradient.
     *
     * @param ours the same rows
     */
    @Setup
    public void prepare(RelaxationBenchmark ours) {
      torch = compared(ours, true);
    }
  }

  private static TorchRelaxations none() {
    return new TorchRelaxations(
        new Config(1, 1, 1, 1, "softmax"), new float[1], new double[1], false);
  }

  private static TorchRelaxations compared(RelaxationBenchmark ours, boolean gathered) {
    TorchRelaxations torch =
        new TorchRelaxations(Config.parse(ours.config), ours.scores, ours.labels, gathered);
    double loss = ours.ours();
    float theirs = torch.step();
    if (!(Math.abs(loss - theirs) <= 1e-3 * Math.max(1, Math.abs(loss)))) {
      throw new IllegalStateException("our loss is %s, libtorch's %s".formatted(loss, theirs));
    }
    float[] gradient = torch.gradient();
    double largest = 0;
    double apart = 0;
    for (int i = 0; i < gradient.length; i++) {
      largest = Math.max(largest, Math.abs(gradient[i]));
      apart = Math.max(apart, Math.abs(gradient[i] - ours.gradient[i]));
    }
    if (!(apart <= 2e-3 * largest)) {
      throw new IllegalStateException(
          "gradients up to %s differ by up to %s".formatted(largest, apart));
    }
    return torch;
  }
}
