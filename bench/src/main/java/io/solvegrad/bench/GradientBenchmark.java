package io.solvegrad.bench;

import ai.djl.ndarray.NDArray;
import io.solvegrad.rambo.kernel.KernelMode;
import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.ScoreArray;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The blackbox gradient of a row whose relevant candidates move, added to the caller's array.
 *
 * <p>{@code ./solvegrad bench --only gradient --out D}
 */
@State(Scope.Thread)
public class GradientBenchmark {
  private static final double LAMBDA = 2;

  /** What is measured; see {@link Config}. */
  @Param("4096/4/256/1/up")
  public String config = "";

  private float[] scores = {};
  private float[] moved = {};
  private float[][] rows = {};
  private float[][] gradients = {};
  private CandidateList[] lists = {};
  private double[][] targets = {};
  private RankKernel kernel = KernelMode.best().newKernel(1);

  /** For the harness. */
  public GradientBenchmark() {}

  /** Makes rows and moves. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    Random random = new Random(7);
    scores = Scores.matrix(c, random);
    moved = scores.clone();
    rows = new float[c.rows()][c.n()];
    gradients = new float[c.rows()][c.n()];
    lists = new CandidateList[c.rows()];
    targets = new double[c.rows()][c.p()];
    for (int q = 0; q < c.rows(); q++) {
      System.arraycopy(scores, q * c.n(), rows[q], 0, c.n());
      int[] positions = Scores.positions(c.n(), c.p(), random);
      double[] before = new double[c.p()];
      for (int k = 0; k < c.p(); k++) {
        before[k] = rows[q][positions[k]];
        double move = 0.3 * random.nextGaussian();
        targets[q][k] = (float) (before[k] + (c.moves().equals("up") ? Math.abs(move) : move));
        moved[q * c.n() + positions[k]] = (float) targets[q][k];
      }
      lists[q] =
          CandidateList.of(ScoreArray.of(rows[q]), positions, before, ScoreArray.of(gradients[q]));
    }
  }

  /** {@return how many ranks have changed, by the kernel of this JVM} */
  @Benchmark
  public int ours() {
    int changed = 0;
    for (int q = 0; q < lists.length; q++) {
      changed += kernel.addRankChange(lists[q], targets[q], LAMBDA);
    }
    return changed;
  }

  /** {@return the gradients after each score has been read and each gradient written} */
  @Benchmark
  public float[][] floor() {
    for (int q = 0; q < rows.length; q++) {
      copyHalf(rows[q], gradients[q]);
    }
    return gradients;
  }

  private static void copyHalf(float[] y, float[] g) {
    for (int i = 0; i < y.length; i++) {
      g[i] = y[i] * 0.5f;
    }
  }

  /**
   * {@return nothing of interest; two argsorts of argsorts of the whole batch}
   *
   * @param peer libtorch
   */
  @Benchmark
  public float[] libtorch(Torch peer) {
    return peer.torch.gradient(peer.moved, LAMBDA, false);
  }

  /** The peer, which only its own benchmark loads. */
  @State(Scope.Thread)
  public static class Torch {
    private TorchPeer torch = new TorchPeer(new float[1], 1, 1);
    private NDArray moved = torch.create(new float[1]);

    /** For the harness. */
    public Torch() {}

    /**
     * Hands the rows over and compares the gradients.
     *
     * @param ours the same rows
     */
    @Setup
    public void prepare(GradientBenchmark ours) {
      Config c = Config.parse(ours.config);
      torch = new TorchPeer(ours.scores, c.rows(), c.n());
      moved = torch.create(ours.moved);
      ours.ours();
      float[] flat = new float[ours.scores.length];
      for (int q = 0; q < c.rows(); q++) {
        System.arraycopy(ours.gradients[q], 0, flat, q * c.n(), c.n());
      }
      Scores.requireSame(flat, torch.gradient(moved, LAMBDA, true), LAMBDA, 1e-4);
    }
  }
}
