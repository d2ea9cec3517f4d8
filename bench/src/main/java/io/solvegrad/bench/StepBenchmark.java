package io.solvegrad.bench;

import ai.djl.ndarray.NDArray;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.Lambda;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Value and gradient of a whole loss through the public interface, as in training: recall where the
 * configuration says so, otherwise average precision.
 *
 * <p>{@code ./solvegrad bench --only 'step|ap|threads' --out D}
 */
@State(Scope.Thread)
public class StepBenchmark {
  private static final double LAMBDA_A_ROW = 10;

  /** What is measured; see {@link Config}. */
  @Param("4096/4/256/1/recall")
  public String config = "";

  private float[] scores = {};
  private float[] gradient = {};
  private ScoreArray target = ScoreArray.of(gradient);
  private float[] mask = {};
  private boolean recall;
  private double lambda;
  private RankingBatch batch =
      RankingBatch.rows(ScoreArray.of(new float[0]), 0, 0, Relevance.of(ItemSets.none()));
  private MetricLoss one = MetricLoss.of(Recall.log(), new BlackboxRanker(Lambda.plain(1)));
  private MetricLoss several = one;
  private final Diagnostics diagnostics = new Diagnostics();

  /** For the harness. */
  public StepBenchmark() {}

  /** Makes rows and labels. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    Random random = new Random(11);
    scores = Scores.matrix(c, random);
    gradient = new float[scores.length];
    target = ScoreArray.of(gradient);
    mask = new float[scores.length];
    int[] offsets = new int[c.rows() + 1];
    int[] positions = new int[c.rows() * c.p()];
    for (int q = 0; q < c.rows(); q++) {
      int[] some = Scores.positions(c.n(), c.p(), random);
      System.arraycopy(some, 0, positions, q * c.p(), c.p());
      offsets[q + 1] = (q + 1) * c.p();
      for (int position : some) {
        mask[q * c.n() + position] = 1;
      }
    }
    batch =
        RankingBatch.rows(
            ScoreArray.of(scores),
            c.rows(),
            c.n(),
            Relevance.of(ItemSets.compressed(offsets, positions)));
    recall = c.moves().equals("recall");
    // Upstreams shrink with lists and relevant candidates; this keeps the moves of a realistic
    // size.
    lambda = LAMBDA_A_ROW * c.rows() * c.p() * (recall ? 1 : c.p());
    BlackboxRanker ranker = new BlackboxRanker(Lambda.plain(lambda));
    MetricLoss loss =
        recall
            ? MetricLoss.of(Recall.log(), ranker)
            : MetricLoss.of(new AveragePrecision(), ranker);
    one = loss.threads(1);
    several = loss.threads(c.threads());
  }

  /** {@return the loss; its gradient is added to the caller's} */
  @Benchmark
  public double ours() {
    return several.evaluate(batch, 1, target, diagnostics);
  }

  /** {@return the same on one thread} */
  @Benchmark
  public double oneThread() {
    return one.evaluate(batch, 1, target, diagnostics);
  }

  /** {@return the gradient after each score has been read and each gradient written} */
  @Benchmark
  public float[] floor() {
    for (int i = 0; i < scores.length; i++) {
      gradient[i] = scores[i] * 0.5f;
    }
    return gradient;
  }

  /**
   * {@return nothing of interest; the reference loss}
   *
   * @param peer libtorch
   */
  @Benchmark
  public float[] libtorch(Torch peer) {
    return peer.torch.step(peer.mask, recall, lambda, false);
  }

  /** The peer, which only its own benchmark loads. */
  @State(Scope.Thread)
  public static class Torch {
    private TorchPeer torch = new TorchPeer(new float[1], 1, 1);
    private NDArray mask = torch.create(new float[1]);

    /** For the harness. */
    public Torch() {}

    /**
     * Hands the rows over and compares loss and gradient.
     *
     * @param ours the same rows
     */
    @Setup
    public void prepare(StepBenchmark ours) {
      Config c = Config.parse(ours.config);
      torch = new TorchPeer(ours.scores, c.rows(), c.n());
      mask = torch.create(ours.mask);
      double loss = ours.ours();
      float theirs = torch.loss(mask, ours.recall, ours.lambda);
      if (!(Math.abs(loss - theirs) <= 1e-3 * Math.abs(loss))) {
        throw new IllegalStateException("our loss is %s, libtorch's %s".formatted(loss, theirs));
      }
      float[] gradient = torch.step(mask, ours.recall, ours.lambda, true);
      Scores.requireSame(ours.gradient, gradient, ours.lambda, 0.01);
    }
  }
}
