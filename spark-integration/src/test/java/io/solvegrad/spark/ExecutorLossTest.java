package io.solvegrad.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.evaluation.retrieval.RetrievalEvaluator;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.RetrievalTask;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.evaluation.retrieval.TiePolicy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRankerModel;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With executors in processes of their own, one of which is killed in the middle. */
@Tag("slow")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecutorLossTest {
  private static final List<RetrievalMetric> METRICS =
      List.of(RetrievalMetric.hitRate(1), RetrievalMetric.mapAtR());

  private static final String RETRIES = "spark.shuffle.io.maxRetries";

  private static SparkSession session;

  @BeforeAll
  static void start() {
    // Spark would ask a lost executor for its blocks for fifteen seconds each time.
    System.setProperty(RETRIES, "0");
    session = LocalSpark.executors(2, 640);
  }

  @AfterAll
  static void stop() {
    session.stop();
    System.clearProperty(RETRIES);
  }

  @Test
  void killedExecutor_changesNoMetric() {
    Embeddings set = Embeddings.random(600, 8, 50, 2, 0, 61);
    RetrievalResult expected =
        new RetrievalEvaluator(Similarity.COSINE)
            .evaluate(RetrievalTask.within(set.withoutSources()), METRICS);
    var frame = set.frame(session, 4, 1);
    DistributedResult found =
        new DistributedRetrieval(Similarity.COSINE).excludingSelf().evaluate(frame, frame, METRICS);
    DistributedRetrievalTest.assertSame(expected, found.summary());

    Losses losses = Losses.killAfterJobs(session, 6);
    DistributedRetrieval inManyJobs =
        new DistributedRetrieval(
            Similarity.COSINE, TiePolicy.INDEX, EmbeddingColumns.standard(), true, 40);
    DistributedResult afterLoss = inManyJobs.evaluate(frame, frame, METRICS);
    DistributedRetrievalTest.assertSame(expected, afterLoss.summary());
    losses.requireOneInTheMiddle();
    System.out.printf(
        "evaluation: MAP@R %.12f before, %.12f after the loss, all sums equal%n",
        expected.mean("MAP@R"), afterLoss.summary().mean("MAP@R"));
  }

  @Test
  void killedExecutor_changesNoHead() {
    Embeddings set = Embeddings.random(300, 6, 40, 0, 0, 62);
    HeadSettings settings =
        DistributedHeadTrainingTest.settings(40, 4).remembering(MemoryPlacement.BROADCAST, 2);
    float[] start = DistributedHeadTrainingTest.head().weights().data;
    float[] expected =
        new HeadTrainingTwin(DistributedHeadTrainingTest.RECALL, settings)
            .weights(start, set.set().values(), set.set().classes(), 6, 3);
    Losses losses = Losses.killAfterJobs(session, 15);
    TrainedHead found =
        new DistributedHeadTraining(DistributedHeadTrainingTest.RECALL, settings)
            .fit(DistributedHeadTrainingTest.head(), set.frame(session, 3, 1));
    assertArrayEquals(expected, found.head().weights().data);
    losses.requireOneInTheMiddle();
    System.out.printf(
        "training: hash of the weights %08x alone, %08x after the loss%n",
        Arrays.hashCode(expected), Arrays.hashCode(found.head().weights().data));
  }

  @Test
  void ranker_onProcesses_isThatOfOneMachine() throws Exception {
    Ranking train = Ranking.random(24, 12, 9);
    Booster expected = DistributedRankerTest.onOneMachine(train, 6);
    XGBoostRankerModel found =
        new DistributedRanker(DistributedRankerTest.NDCG, DistributedRankerTest.PARAMETERS, 6, 2)
            .fit(train.frame(session, 3, 7));
    DistributedRankerTest.assertSameScores(
        expected, found.nativeBooster().booster(), Ranking.random(30, 12, 2));
  }

  /** Kills an executor's process after some jobs, and hears of it. */
  private static final class Losses extends SparkListener {
    final List<String> removed = new CopyOnWriteArrayList<>();
    final CompletableFuture<Long> killed = new CompletableFuture<>();
    volatile int jobsAfterLoss;
    private volatile int jobsLeft;

    /** The only Java processes that a session starts are its executors. */
    private static boolean isJava(ProcessHandle process) {
      return process.info().command().filter(path -> path.endsWith("/java")).isPresent();
    }

    static Losses killAfterJobs(SparkSession session, int jobs) {
      Losses losses = new Losses();
      losses.jobsLeft = jobs;
      session.sparkContext().addSparkListener(losses);
      return losses;
    }

    void requireOneInTheMiddle() {
      killed.join();
      assertEquals(1, removed.size(), removed::toString);
      assertTrue(jobsAfterLoss > 5, "the executor was lost in the middle of the jobs");
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
        System.out.println("executor killed: process " + executor.pid());
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
