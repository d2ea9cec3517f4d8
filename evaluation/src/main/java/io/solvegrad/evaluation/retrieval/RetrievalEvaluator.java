package io.solvegrad.evaluation.retrieval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Exact retrieval metrics by counting, never the whole similarity matrix.
 *
 * <p>Each query's relevant candidates are scored first; then the gallery passes by in panels and
 * every irrelevant candidate is counted between them. Time O(queries x gallery x dimension),
 * working memory O(threads x (block of queries + panel)), independent of the number of queries; the
 * cosine also needs one normalised copy of each set. Values have the same bits for any number of
 * threads.
 *
 * @param similarity how near two embeddings are
 * @param ties who stands first among equally similar candidates
 * @param threads the number of threads, at least 1
 */
public record RetrievalEvaluator(Similarity similarity, TiePolicy ties, int threads) {
  private static final int BLOCK = 128;

  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if threads is below 1
   */
  public RetrievalEvaluator {
    Objects.requireNonNull(similarity, "similarity must not be null");
    Objects.requireNonNull(ties, "ties must not be null");
    if (threads < 1) {
      throw new IllegalArgumentException("threads = " + threads + ", must be at least 1");
    }
  }

  /**
   * An evaluator by index order on ties, on all processors.
   *
   * @param similarity how near two embeddings are
   */
  public RetrievalEvaluator(Similarity similarity) {
    this(similarity, TiePolicy.INDEX, Runtime.getRuntime().availableProcessors());
  }

  /** Told of each query, in ascending order, by the thread that called {@code evaluate}. */
  @FunctionalInterface
  public interface QueryListener {
    /**
     * Takes the values of one query.
     *
     * @param query the index of the query
     * @param values one for each metric; empty for a query without a relevant candidate
     */
    void evaluated(int query, double[] values);
  }

  /**
   * Evaluates all queries.
   *
   * @param task queries, gallery and what is ignored. Not modified.
   * @param metrics what to compute
   * @return averages, lone queries and sums by class
   * @throws IllegalArgumentException if values are so large or small that similarities may overflow
   *     or underflow, or a metric fails or is not finite for a query, which the message names
   */
  public RetrievalResult evaluate(RetrievalTask task, List<RetrievalMetric> metrics) {
    return evaluate(task, metrics, (query, values) -> {});
  }

  /**
   * Evaluates all queries and reports each.
   *
   * @param task queries, gallery and what is ignored. Not modified.
   * @param metrics what to compute
   * @param listener takes the values of each query: progress, a file of values
   * @return averages, lone queries and sums by class
   * @throws IllegalArgumentException if values are so large or small that similarities may overflow
   *     or underflow, or a metric fails or is not finite for a query, which the message names
   */
  public RetrievalResult evaluate(
      RetrievalTask task, List<RetrievalMetric> metrics, QueryListener listener) {
    Objects.requireNonNull(task, "task must not be null");
    Objects.requireNonNull(listener, "listener must not be null");
    List<RetrievalMetric> chosen = ResultBuilder.checked(metrics);
    RetrievalTask prepared = prepared(task);
    Candidates candidates = new Candidates(prepared);
    SimilarityScan scan = scan(prepared);
    int queries = task.queries().size();
    ResultBuilder result = new ResultBuilder(task.queries().classes(), chosen);
    inBlocks(
        queries,
        first -> {
          int[] block = IntStream.range(first, Math.min(queries, first + BLOCK)).toArray();
          return values(block, candidates, scan, chosen);
        },
        values -> {
          for (double[] ofQuery : values) {
            listener.evaluated(result.add(ofQuery), ofQuery);
          }
        });
    return result.result();
  }

  /**
   * The nearest candidates of chosen queries; what the task ignores is left out.
   *
   * @param task queries, gallery and what is ignored. Not modified.
   * @param queries the indices of the queries. Not modified.
   * @param k how many neighbours of each, at least 1
   * @return the neighbours, in the order of {@code queries}
   * @throws IllegalArgumentException if k is below 1, an index is no query, or similarities may
   *     overflow or underflow
   */
  public List<Neighbors> neighbors(RetrievalTask task, int[] queries, int k) {
    Objects.requireNonNull(task, "task must not be null");
    Objects.requireNonNull(queries, "queries must not be null");
    if (k < 1) {
      throw new IllegalArgumentException("k = " + k + ", must be at least 1");
    }
    for (int query : queries) {
      if (query < 0 || query >= task.queries().size()) {
        throw new IllegalArgumentException(
            "query " + query + " is not among " + task.queries().size() + " queries");
      }
    }
    RetrievalTask prepared = prepared(task);
    Candidates candidates = new Candidates(prepared);
    SimilarityScan scan = scan(prepared);
    int size = Math.min(k, task.gallery().size());
    List<Neighbors> found = new ArrayList<>(queries.length);
    inBlocks(
        queries.length,
        first -> {
          int[] block = Arrays.copyOfRange(queries, first, Math.min(queries.length, first + BLOCK));
          NearestList[] lists = new NearestList[block.length];
          Arrays.setAll(lists, slot -> new NearestList(size, candidates.ignoredBy(block[slot])));
          scan.scan(block, (slot, scores, at, width) -> lists[slot].take(scores, at, width));
          return IntStream.range(0, block.length)
              .mapToObj(slot -> lists[slot].neighbors(block[slot]))
              .toList();
        },
        found::addAll);
    return found;
  }

  private double[][] values(
      int[] block, Candidates candidates, SimilarityScan scan, List<RetrievalMetric> metrics) {
    RankCounter[] counters = new RankCounter[block.length];
    for (int slot = 0; slot < block.length; slot++) {
      int query = block[slot];
      int[] relevant = candidates.relevant(query);
      counters[slot] =
          new RankCounter(
              relevant, scan.listed(query, relevant), ties, candidates.ignoredOrRelevantTo(query));
    }
    scan.scan(block, (slot, scores, first, width) -> counters[slot].count(scores, first, width));
    double[][] values = new double[block.length][];
    for (int slot = 0; slot < block.length; slot++) {
      values[slot] = ResultBuilder.values(metrics, block[slot], counters[slot].ranks());
    }
    return values;
  }

  private SimilarityScan scan(RetrievalTask prepared) {
    return new SimilarityScan(prepared.queries(), prepared.gallery(), similarity);
  }

  private RetrievalTask prepared(RetrievalTask task) {
    EmbeddingSet queries = task.queries();
    EmbeddingSet gallery = task.gallery();
    similarity.check(queries.largest(), gallery.largest(), queries.dimension());
    EmbeddingSet preparedQueries =
        similarity.prepare(queries, query -> "query " + query + " (from 0)");
    return new RetrievalTask(
        preparedQueries,
        gallery.equals(queries)
            ? preparedQueries
            : similarity.prepare(gallery, item -> "gallery item " + item + " (from 0)"),
        task.galleryStartsWithQueries(),
        task.ignored());
  }

  /** Works on blocks in parallel and hands their outcome on in order; few are in flight. */
  private <T> void inBlocks(int count, IntFunction<T> work, Consumer<T> inOrder) {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      Queue<Future<T>> flying = new ArrayDeque<>();
      try {
        for (int first = 0; first < count; first += BLOCK) {
          int start = first;
          flying.add(workers.submit(() -> work.apply(start)));
          if (flying.size() > 2 * threads) {
            inOrder.accept(flying.remove().get());
          }
        }
        while (!flying.isEmpty()) {
          inOrder.accept(flying.remove().get());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("evaluation was interrupted", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IllegalArgumentException named) {
          throw named;
        }
        throw new IllegalStateException("evaluation failed", e.getCause());
      } finally {
        workers.shutdownNow();
      }
    }
  }
}
