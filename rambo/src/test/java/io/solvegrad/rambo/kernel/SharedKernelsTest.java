package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.process.Together;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Several threads at the kernels at once; {@link SharedKernelsLongTest} for longer. */
class SharedKernelsTest {
  private static final int THREADS = 4;
  // From here on threads share a row.
  private static final int SPLIT_ROW = 1 << 18;

  /** Multiplies the rounds. */
  int times() {
    return 1;
  }

  private Together together(int rounds) {
    return new Together(THREADS, rounds * times());
  }

  private static RankingBatch hugeList(long seed, int relevant) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = SPLIT_ROW + 1001;
    float[] scores = new float[n];
    double[] labels = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] = (float) random.nextDouble();
    }
    for (int k = 0; k < relevant; k++) {
      labels[random.nextInt(n)] = 1;
    }
    return RankingBatch.rows(ScoreArray.of(scores), 1, n, Relevance.grades(labels));
  }

  /** Rows that several threads share, in losses that several threads share. */
  @Test
  void hugeLists_ofSeveralCallersAtOnce() throws Exception {
    BlackboxRanker ranker = new BlackboxRanker(Lambda.plain(1e6));
    for (MetricLoss loss :
        List.of(
            MetricLoss.of(Recall.logLog(), ranker),
            MetricLoss.of(new AveragePrecision(), ranker))) {
      List<RankingBatch> batches = List.of(hugeList(1, 5), hugeList(2, 3000));
      List<Outcome> alone =
          batches.stream()
              .map(batch -> Outcome.of(loss.threads(1), batch).requireGradient())
              .toList();
      MetricLoss shared = loss.threads(3);
      together(2)
          .run((thread, round) -> {
            int b = (thread + round) % 2;
            Outcome outcome = Outcome.of(shared, batches.get(b));
            assertEquals(alone.get(b).value(), outcome.value());
            assertArrayEquals(alone.get(b).gradient(), outcome.gradient());
          });
    }
  }

  /** The choice of a kernel is made and told once, however many ask first. */
  @Test
  void provider_choosesOnce() throws Exception {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            told.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.solvegrad.rambo");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      KernelProvider[] provider = new KernelProvider[1];
      together(50)
          .run(
              round -> provider[0] = new KernelProvider(),
              (thread, round) -> {
                switch (thread) {
                  case 0 -> provider[0].exponentials();
                  case 1 -> provider[0].noise();
                  default -> provider[0].newKernel();
                }
              });
      assertEquals(50 * times(), told.size());
      assertEquals(1, told.stream().distinct().count());
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }
}
