package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.process.MissingArguments;
import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.VaryingLambda;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

final class MissingArgumentsTest extends MissingArguments {
  private static final VaryingLambda LAMBDA = Lambda.adaptive(Lambda.plain(3), 0.2);
  private static final RankingBatch BATCH = Cells.random(1, 4, 2).batch();
  private static final ScoreMemory SCORES =
      new ScoreMemory(
          MatrixView.COLUMNS.apply(MetricLoss.of(Recall.log(), new BlackboxRanker(LAMBDA))), 5);

  private void memories() {
    call("loss", () -> new ScoreMemory(missing(), 1));
    call("out", () -> SCORES.save(MissingArgumentsTest.<OutputStream>missing()));
    call("file", () -> SCORES.save(MissingArgumentsTest.<Path>missing()));
    call("in", () -> SCORES.load(MissingArgumentsTest.<InputStream>missing()));
    call("file", () -> SCORES.load(MissingArgumentsTest.<Path>missing()));
    EmbeddingMemory memory = new EmbeddingMemory(2, 1);
    int[] ids = {1};
    call("batch", () -> memory.add(missing(), ids, ids));
    call("batchClasses", () -> memory.add(new float[1], missing(), ids));
    call("batchSources", () -> memory.add(new float[1], ids, missing()));
    call("target", () -> memory.copyEmbeddings(missing(), 0));
    call("target", () -> memory.copyClasses(missing(), 0));
    call("target", () -> memory.copySources(missing(), 0));
    call("out", () -> memory.save(MissingArgumentsTest.<OutputStream>missing()));
    call("file", () -> memory.save(MissingArgumentsTest.<Path>missing()));
    call("in", () -> memory.load(MissingArgumentsTest.<InputStream>missing()));
    call("file", () -> memory.load(MissingArgumentsTest.<Path>missing()));
  }

  /** A loss that remembers must not be evaluated first and then fail. */
  private void steps() {
    LambdaSteps steps = new LambdaSteps(SCORES, LAMBDA);
    call("loss", () -> new LambdaSteps(missing(), LAMBDA));
    call("lambda", () -> new LambdaSteps(SCORES, missing()));
    call("batch", () -> steps.evaluate(missing(), 1, null, new Diagnostics()));
    call(
        "diagnostics",
        () -> {
          try {
            steps.evaluate(BATCH, 1, null, missing());
          } finally {
            assertEquals(0, SCORES.size(), "nothing is remembered");
          }
        });
  }

  @Override
  protected void calls() {
    memories();
    steps();
  }
}
