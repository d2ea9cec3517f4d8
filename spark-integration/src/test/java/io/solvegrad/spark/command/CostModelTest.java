package io.solvegrad.spark.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.spark.command.CostModel.Run;
import io.solvegrad.spark.command.CostModel.Work;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostModelTest {

  @Test
  void fit_recoversTheModelThatMadeTheRuns() {
    CostModel truth = new CostModel(2, 4e-6, 0.2, 0.03, 5);
    CostModel found = CostModel.fit(runs(truth), 5);
    assertEquals(truth.secondsToOpen(), found.secondsToOpen(), 1e-9);
    assertEquals(truth.secondsPerRow(), found.secondsPerRow(), 1e-12);
    assertEquals(truth.secondsPerJob(), found.secondsPerJob(), 1e-9);
    assertEquals(truth.secondsPerGflop(), found.secondsPerGflop(), 1e-9);
  }

  @Test
  void fit_neverGivesNegativeTimes() {
    CostModel found = CostModel.fit(runs(new CostModel(2, 4e-6, -0.01, 0.03, 0)), 0);
    assertEquals(0, found.secondsPerJob());
    assertEquals(0.03, found.secondsPerGflop(), 0.002);
  }

  @Test
  void fewRuns_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> CostModel.fit(List.of(), 0));
  }

  @Test
  void work_isCounted() {
    Work work = new Work(10_000, 50_000, 64, 10, 2048, 2, 2);
    assertEquals(10, work.jobs());
    assertEquals(64, work.gflop(), 1e-9);
    // 2 x 2 x 256 bytes of block, 10 x (12 + 2 x 16) of candidates
    assertEquals(10_000 * (1024 + 440) / 1e9, work.gigabytes(), 1e-12);
  }

  private static List<Run> runs(CostModel truth) {
    List<Run> runs = new ArrayList<>();
    for (int executors = 1; executors <= 3; executors++) {
      for (int queries = 1000; queries <= 64_000; queries *= 4) {
        Work work =
            new Work(queries, 300_000 / executors / executors, 64, 20, 2048, executors, executors);
        runs.add(new Run(work, truth.seconds(work)));
      }
    }
    return runs;
  }
}
