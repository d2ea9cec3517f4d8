package io.solvegrad.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.solvegrad.evaluation.retrieval.EmbeddingSet;
import io.solvegrad.evaluation.retrieval.RetrievalEvaluator;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.RetrievalTask;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.evaluation.retrieval.TiePolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Hit rates at 1, 10 and 100 and MAP@R of {@code n} items that search each other, {@code p} of a
 * class, embeddings of 128 numbers. The peer makes similarities by matrix products and selects the
 * nearest 100, without the metrics, on as many threads.
 *
 * <p>{@code ./solvegrad bench --only retrieval --out D}
 */
@State(Scope.Thread)
public class RetrievalBenchmark {
  private static final int DIMENSION = 128;
  private static final int NEAREST = 100;
  private static final double NOISE = 2.5;

  /** What is measured; see {@link Config}. */
  @Param("20000/10/20000/2/-")
  public String config = "";

  private RetrievalTask task = RetrievalTask.within(new EmbeddingSet(new float[0], 1, new int[0]));
  private RetrievalEvaluator evaluator = new RetrievalEvaluator(Similarity.DOT_PRODUCT);
  private List<RetrievalMetric> metrics = List.of();

  /** For the harness. */
  public RetrievalBenchmark() {}

  /** Makes classes around random centres, so that neither everything nor nothing is found. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    task = RetrievalTask.within(unit(c.n(), c.p(), new Random(5)));
    evaluator = new RetrievalEvaluator(Similarity.DOT_PRODUCT, TiePolicy.INDEX, c.threads());
    metrics = new ArrayList<>(RetrievalMetric.hitRates(1, 10, NEAREST));
    metrics.add(RetrievalMetric.mapAtR());
  }

  private static EmbeddingSet unit(int items, int ofClass, Random random) {
    int[] classes = IntStream.range(0, items).map(i -> i % (items / ofClass)).toArray();
    float[] centres = new float[items / ofClass * DIMENSION];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = (float) random.nextGaussian();
    }
    float[] values = new float[items * DIMENSION];
    for (int i = 0; i < items; i++) {
      double squares = 0;
      for (int k = 0; k < DIMENSION; k++) {
        float value = (float) (centres[classes[i] * DIMENSION + k] + NOISE * random.nextGaussian());
        values[i * DIMENSION + k] = value;
        squares += value * value;
      }
      for (int k = 0; k < DIMENSION; k++) {
        values[i * DIMENSION + k] /= (float) Math.sqrt(squares);
      }
    }
    return new EmbeddingSet(values, DIMENSION, classes);
  }

  /** {@return the metrics, exact ranks of all relevant candidates included} */
  @Benchmark
  public RetrievalResult ours() {
    return evaluator.evaluate(task, metrics);
  }

  /**
   * {@return the sum of the indices of the nearest, so that nothing is left out}
   *
   * @param peer libtorch
   */
  @Benchmark
  public long libtorch(Torch peer) {
    long sum = 0;
    for (int first = 0; first < task.queries().size(); first += Torch.BLOCK) {
      sum += peer.nearest(first, false).length;
    }
    return sum;
  }

  /** The peer, which only its own benchmark loads. */
  @State(Scope.Thread)
  public static class Torch {
    /** As many queries a product as give the peer its best time; all at once is slower. */
    private static final int BLOCK = 500;

    private static final double SAME = 1e-3;

    private final NDManager manager = NDManager.newBaseManager();
    private NDArray queries = manager.create(0f);
    private NDArray transposed = manager.create(0f);

    /** For the harness. */
    public Torch() {}

    /**
     * Hands the embeddings over and compares the metrics.
     *
     * @param ours the same embeddings
     */
    @Setup
    public void prepare(RetrievalBenchmark ours) {
      EmbeddingSet set = ours.task.queries();
      EmbeddingSet gallery = ours.task.gallery();
      queries = manager.create(set.values(), new Shape(set.size(), DIMENSION));
      transposed =
          manager.create(gallery.values(), new Shape(gallery.size(), DIMENSION)).transpose();
      RetrievalResult result = ours.ours();
      double[] theirs = new double[ours.metrics.size()];
      for (int first = 0; first < set.size(); first += BLOCK) {
        long[] items = nearest(first, true);
        for (int at = 0; at < items.length; at += NEAREST + 1) {
          addMetrics(ours, first + at / (NEAREST + 1), items, at, theirs);
        }
      }
      for (int m = 0; m < theirs.length; m++) {
        double mine = result.mean(ours.metrics.get(m).name());
        if (!(Math.abs(mine - theirs[m] / set.size()) <= SAME)) {
          throw new IllegalStateException(
              "our %s is %s, libtorch's %s"
                  .formatted(ours.metrics.get(m).name(), mine, theirs[m] / set.size()));
        }
      }
    }

    private static void addMetrics(
        RetrievalBenchmark ours, int query, long[] items, int at, double[] sums) {
      int[] classes = ours.task.gallery().classes();
      int[] others =
          Arrays.stream(items, at, at + NEAREST + 1)
              .mapToInt(Math::toIntExact)
              .filter(item -> item != query)
              .limit(NEAREST)
              .toArray();
      int[] ranks =
          IntStream.range(0, others.length)
              .filter(r -> classes[others[r]] == classes[query])
              .map(r -> r + 1)
              .toArray();
      int r = Config.parse(ours.config).p() - 1;
      for (int m = 0; m < sums.length - 1; m++) {
        sums[m] += ranks.length > 0 ? ours.metrics.get(m).formula().value(ranks) : 0;
      }
      double precisions = 0;
      for (int i = 0; i < ranks.length && ranks[i] <= r; i++) {
        precisions += (i + 1.0) / ranks[i];
      }
      sums[sums.length - 1] += precisions / r;
    }

    /** The nearest items of a block of queries, the query itself among them. */
    private long[] nearest(int first, boolean read) {
      try (NDManager block = manager.newSubManager()) {
        long end = Math.min(first + BLOCK, queries.getShape().get(0));
        NDArray some = queries.get(new NDIndex("{}:{}", first, end));
        NDArray all = some.matMul(transposed);
        NDList top = all.topK(NEAREST + 1, 1);
        some.attach(block);
        all.attach(block);
        top.attach(block);
        NDArray items = top.get(1);
        return read
            ? items.toType(DataType.INT64, false).toLongArray()
            : new long[] {items.getLong(0, 0)};
      }
    }
  }
}
