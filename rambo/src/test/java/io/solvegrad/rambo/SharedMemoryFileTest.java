package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.process.Together;
import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.solver.Lambda;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A memory belongs to one training loop, its file to everybody: whoever reads it meets one whole
 * memory, whichever of them is being saved at that moment. {@link SharedMemoryFileLongTest} for
 * longer.
 */
class SharedMemoryFileTest {
  private static final int COLUMNS = 9;

  @TempDir Path folder;

  /** Multiplies the rounds. */
  int times() {
    return 1;
  }

  private static ScoreMemory memory() {
    MetricLoss recall = MetricLoss.of(Recall.log(), new BlackboxRanker(Lambda.plain(20)));
    return new ScoreMemory(MatrixView.COLUMNS.apply(recall.threads(1)), 400);
  }

  @Test
  void readersMeetWholeMemories() throws Exception {
    RankingBatch batch = Cells.random(5, 6, COLUMNS).batch();
    List<ScoreMemory> writers = List.of(memory(), memory());
    double[] values = new double[2];
    for (int w = 0; w < 2; w++) {
      // One small and one large, so that a file that is not cut would show.
      writers.get(w).value(Cells.random(w, w == 0 ? 10 : 390, COLUMNS).batch());
      ScoreMemory copy = memory();
      Path file = folder.resolve("memory");
      writers.get(w).save(file);
      copy.load(file);
      values[w] = copy.value(batch);
    }
    assertTrue(values[0] != values[1]);
    Path file = folder.resolve("memory");
    Set<Double> seen = ConcurrentHashMap.newKeySet();
    new Together(4, 40 * times())
        .run((thread, round) -> {
          if (thread < 2) {
            writers.get(thread).save(file);
            return;
          }
          ScoreMemory read = memory();
          read.load(file);
          int rows = read.size();
          double value = read.value(batch);
          assertEquals(values[rows == 10 ? 0 : 1], value);
          seen.add(value);
        });
    assertEquals(2, seen.size(), "both have been met");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "nothing is left beside it");
    }
  }
}
