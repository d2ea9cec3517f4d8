package io.solvegrad.bench;

import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.LayerPass;
import io.solvegrad.solver.NonNegativeClamp;
import io.solvegrad.solver.SolverLayer;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A step of a solver layer, forward and backward, over a batch of grids.
 *
 * <p>{@code ./solvegrad bench --only solver-batch --out D}
 */
@State(Scope.Thread)
public class BatchBenchmark {

  /** What is measured; see {@link Config}. */
  @Param("30/0/64/2/-")
  public String config = "";

  private double[][] weights = {};
  private double[][] upstreams = {};
  private SolverLayer one = layer(1, 1);
  private SolverLayer several = one;

  /** For the harness. */
  public BatchBenchmark() {}

  private static SolverLayer layer(int n, int threads) {
    return SolverLayer.of(
            new NonNegativeClamp(new GridShortestPath(n, n, Neighbourhood.EIGHT)),
            new Interpolation(Lambda.plain(20)))
        .threads(threads);
  }

  /** Draws weights, and upstreams of a Hamming loss. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    one = layer(c.n(), 1);
    several = layer(c.n(), c.threads());
    SplittableRandom random = new SplittableRandom(6);
    weights = new double[c.rows()][];
    upstreams = new double[c.rows()][];
    for (int b = 0; b < c.rows(); b++) {
      weights[b] = random.doubles((long) c.n() * c.n(), 0.1, 10).toArray();
      upstreams[b] = random.doubles((long) c.n() * c.n(), -0.1, 1).toArray();
    }
  }

  private double[][] step(SolverLayer layer) {
    LayerPass pass = layer.forward(weights);
    return pass.backward(upstreams);
  }

  /** {@return the gradients} */
  @Benchmark
  public double[][] ours() {
    return step(several);
  }

  /** {@return the same gradients, by one thread} */
  @Benchmark
  public double[][] oneThread() {
    return step(one);
  }
}
