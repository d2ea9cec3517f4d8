package io.solvegrad.bench;

import io.solvegrad.rambo.kernel.KernelMode;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.ScoreArray;
import it.unimi.dsi.fastutil.floats.FloatArrays;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Full ranks of rows.
 *
 * <p>{@code ./solvegrad bench --only ranks --out D}
 */
@State(Scope.Thread)
public class RanksBenchmark {

  /** What is measured; see {@link Config}. */
  @Param("4096/0/256/1/-")
  public String config = "";

  private float[] scores = {};
  private float[][] rows = {};
  private int[] ranks = {};
  private int[] order = {};
  private long[] packed = {};
  private Integer[] boxed = {};
  private RankKernel one = KernelMode.best().newKernel(1);
  private RankKernel several = one;

  /** For the harness. */
  public RanksBenchmark() {}

  /** Makes rows, and compares each peer with ours on the first of them. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    scores = Scores.matrix(c, new Random(3));
    rows = new float[c.rows()][];
    for (int q = 0; q < c.rows(); q++) {
      rows[q] = Arrays.copyOfRange(scores, q * c.n(), (q + 1) * c.n());
    }
    ranks = new int[c.n()];
    order = new int[c.n()];
    packed = new long[c.n()];
    boxed = new Integer[c.n()];
    several = KernelMode.best().newKernel(c.threads());
    several.ranks(ScoreArray.of(rows[0]), 0, c.n(), ranks);
    int[] expected = ranks.clone();
    rankPacked(rows[0]);
    requireSame("packed", expected);
    rankFastutil(rows[0]);
    requireSame("fastutil", expected);
    if (c.n() < 100_000) {
      rankBoxed(rows[0]);
      requireSame("boxed", expected);
    }
  }

  private void requireSame(String peer, int[] expected) {
    if (!Arrays.equals(expected, ranks)) {
      throw new IllegalStateException(peer + " ranks differ from ours");
    }
  }

  /** {@return the ranks of the last row} */
  @Benchmark
  public int[] ours() {
    for (float[] row : rows) {
      several.ranks(ScoreArray.of(row), 0, row.length, ranks);
    }
    return ranks;
  }

  /** {@return the same on one thread} */
  @Benchmark
  public int[] oneThread() {
    for (float[] row : rows) {
      one.ranks(ScoreArray.of(row), 0, row.length, ranks);
    }
    return ranks;
  }

  /** {@return the ranks of the last row, by Arrays.sort of longs that hold score and position} */
  @Benchmark
  public int[] packed() {
    for (float[] row : rows) {
      rankPacked(row);
    }
    return ranks;
  }

  private void rankPacked(float[] row) {
    for (int i = 0; i < row.length; i++) {
      int bits = Float.floatToRawIntBits(row[i] + 0f);
      packed[i] = ((long) ~(bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32) | i;
    }
    Arrays.sort(packed, 0, row.length);
    for (int r = 0; r < row.length; r++) {
      ranks[(int) packed[r]] = r + 1;
    }
  }

  /** {@return the ranks of the last row, by fastutil's indirect radix sort} */
  @Benchmark
  public int[] fastutil() {
    for (float[] row : rows) {
      rankFastutil(row);
    }
    return ranks;
  }

  private void rankFastutil(float[] row) {
    for (int i = 0; i < row.length; i++) {
      order[i] = i;
    }
    FloatArrays.radixSortIndirect(order, row, true);
    for (int r = 0; r < row.length; r++) {
      ranks[order[r]] = row.length - r;
    }
  }

  /** {@return the ranks of the last row, by a comparator over boxed positions} */
  @Benchmark
  public int[] boxed() {
    for (float[] row : rows) {
      rankBoxed(row);
    }
    return ranks;
  }

  private void rankBoxed(float[] row) {
    Arrays.setAll(boxed, i -> i);
    Arrays.sort(boxed, Comparator.comparingDouble(i -> -row[i]));
    for (int r = 0; r < row.length; r++) {
      ranks[boxed[r]] = r + 1;
    }
  }

  /**
   * {@return nothing of interest; an argsort of an argsort of the whole batch}
   *
   * @param peer libtorch
   */
  @Benchmark
  public long libtorch(Torch peer) {
    return peer.torch.rank();
  }

  /**
   * {@return nothing of interest; one argsort of the whole batch, which is the order and no ranks}
   *
   * @param peer libtorch
   */
  @Benchmark
  public long libtorchArgsort(Torch peer) {
    return peer.torch.order();
  }

  /** The peer, which only its own benchmark loads. */
  @State(Scope.Thread)
  public static class Torch {
    private TorchPeer torch = new TorchPeer(new float[1], 1, 1);

    /** For the harness. */
    public Torch() {}

    /**
     * Hands the rows over and compares the ranks.
     *
     * @param ours the same rows
     */
    @Setup
    public void prepare(RanksBenchmark ours) {
      Config c = Config.parse(ours.config);
      torch = new TorchPeer(ours.scores, c.rows(), c.n());
      float[] theirs = torch.ranksForComparison();
      for (int q = 0; q < c.rows(); q++) {
        ours.one.ranks(ScoreArray.of(ours.rows[q]), 0, c.n(), ours.ranks);
        for (int i = 0; i < c.n(); i++) {
          // Floats count exactly up to 2^24.
          if (ours.ranks[i] != (int) theirs[q * c.n() + i]) {
            throw new IllegalStateException("libtorch ranks differ from ours in row " + q);
          }
        }
      }
    }
  }
}
