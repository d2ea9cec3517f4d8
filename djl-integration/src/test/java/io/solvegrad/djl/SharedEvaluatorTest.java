package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.solvegrad.process.Together;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.metric.RankMetrics;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An evaluator whose accumulator several threads fill. */
class SharedEvaluatorTest {
  private static final int ROUNDS = 100;
  private static final int THREADS = 4;
  // Sums take far less time than the metric: many of them in a row let threads meet there.
  private static final String[] KEYS =
      IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new);

  /** Each thread tells of as many hits as its number, so a batch that is lost changes the mean. */
  @Test
  void evaluator_countsEveryBatch() throws Exception {
    MetricLoss hit = MetricLoss.of(RankMetrics.hitRateAt(1), new ExactRanker());
    AtomicReference<RankingEvaluator> evaluator = new AtomicReference<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      new Together(THREADS, ROUNDS)
          .run(
              round -> {
                RankingEvaluator last = evaluator.get();
                if (last != null) {
                  for (String key : KEYS) {
                    assertEquals((0 + 1 + 2 + 3) / 16f, last.getAccumulator(key), "round " + round);
                  }
                }
                RankingEvaluator next = RankingEvaluator.ofScores("hits", hit);
                for (String key : KEYS) {
                  next.addAccumulator(key);
                }
                evaluator.set(next);
              },
              (thread, round) -> {
                try (NDManager own = manager.newSubManager()) {
                  float[] first = new float[2 * THREADS];
                  float[] labels = new float[2 * THREADS];
                  for (int row = 0; row < THREADS; row++) {
                    first[2 * row + (row < thread ? 0 : 1)] = 1;
                    labels[2 * row] = 1;
                  }
                  NDArray scores = own.create(first).reshape(THREADS, 2);
                  NDArray truth = own.create(labels).reshape(THREADS, 2);
                  evaluator.get().updateAccumulators(KEYS, new NDList(truth), new NDList(scores));
                }
              });
    }
  }
}
