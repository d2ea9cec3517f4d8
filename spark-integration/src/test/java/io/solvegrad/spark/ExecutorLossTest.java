package io.solvegrad.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.evaluation.retrieval.RetrievalEvaluator;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.RetrievalTask;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.evaluation.retrieval.TiePolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With executors in processes of their own, one of which is killed in the middle. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecutorLossTest {
  private static final List<RetrievalMetric> METRICS =
      List.of(RetrievalMetric.hitRate(1), RetrievalMetric.mapAtR());

  @Test
  void killedExecutor_changesNothing() throws Exception {
    Embeddings set = Embeddings.random(600, 8, 50, 2, 0, 61);
    RetrievalResult expected =
        new RetrievalEvaluator(Similarity.COSINE)
            .evaluate(RetrievalTask.within(set.withoutSources()), METRICS);
    try (SparkSession session = LocalSpark.executors(2, 640)) {
      Losses losses = new Losses();
      session.sparkContext().addSparkListener(losses);
      var frame = set.frame(session, 4, 1);
      DistributedResult found =
          new DistributedRetrieval(Similarity.COSINE).excludingSelf().evaluate(frame, frame, METRICS);
      DistributedRetrievalTest.assertSame(expected, found.summary());

      losses.killAfterJobs(6);
      DistributedRetrieval inManyJobs =
          new DistributedRetrieval(
              Similarity.COSINE,
              TiePolicy.INDEX,
              EmbeddingColumns.standard(),
              true,
              40);
      DistributedResult afterLoss = inManyJobs.evaluate(frame, frame, METRICS);
      DistributedRetrievalTest.assertSame(expected, afterLoss.summary());
      losses.killed.join();
      assertEquals(1, losses.removed.size(), losses.removed::toString);
      assertTrue(losses.jobsAfterLoss > 5, "the executor was lost in the middle of the jobs");
    }
  }

  /** Kills an executor's process after some jobs, and hears of it. */
  private static final class Losses extends SparkListener {
    final List<String> removed = new CopyOnWriteArrayList<>();
    final CompletableFuture<Long> killed = new CompletableFuture<>();
    volatile int jobsAfterLoss;
    private volatile int jobsLeft = Integer.MAX_VALUE;

    /** The only Java processes that a session starts are its executors. */
    private static boolean isJava(ProcessHandle process) {
      return process.info().command().filter(path -> path.endsWith("/java")).isPresent();
    }

    void killAfterJobs(int jobs) {
      jobsLeft = jobs;
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
      if (killed.isDone()) {
        jobsAfterLoss++;
      } else if (--jobsLeft == 0) {
        ProcessHandle executor =
            ProcessHandle.current()
                .descendants()
                .filter(Losses::isJava)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no executor process"));
        executor.destroyForcibly();
        killed.complete(executor.pid());
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
      removed.add(event.executorId() + ": " + event.reason());
      System.out.println("executor lost: " + event.executorId() + ", " + event.reason());
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded event) {
      System.out.println("executor started: " + event.executorId());
    }
  }
}
