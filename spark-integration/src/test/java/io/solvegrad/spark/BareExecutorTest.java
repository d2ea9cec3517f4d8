package io.solvegrad.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An executor without the Vector API, on a platform for which XGBoost has no library. */
@Tag("slow")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BareExecutorTest {

  /** Spark itself has a native library; its other codec can do without. */
  private static final String CODEC = "spark.shuffle.mapStatus.compression.codec";

  @AfterEach
  void clear() {
    System.clearProperty(CODEC);
  }

  @Test
  void executorWithoutNatives_givesTheSameHeadAndNoTrees() throws Exception {
    System.setProperty(CODEC, "lz4");
    try (SparkSession session = LocalSpark.executors(1, 640, "-Dos.arch=sparc")) {
      Embeddings set = Embeddings.random(120, 6, 20, 0, 0, 91);
      HeadSettings settings = DistributedHeadTrainingTest.settings(4, 2);
      float[] expected =
          new HeadTrainingTwin(DistributedHeadTrainingTest.RECALL, settings)
              .weights(
                  DistributedHeadTrainingTest.head().weights().data,
                  set.set().values(),
                  set.set().classes(),
                  6,
                  3);
      TrainedHead found =
          new DistributedHeadTraining(DistributedHeadTrainingTest.RECALL, settings)
              .fit(DistributedHeadTrainingTest.head(), set.frame(session, 2, 1));
      assertArrayEquals(expected, found.head().weights().data);

      var ranker =
          new DistributedRanker(DistributedRankerTest.NDCG, DistributedRankerTest.PARAMETERS, 2, 1);
      var frame = Ranking.random(6, 10, 1).frame(session, 2, 1);
      String message =
          assertThrows(IllegalArgumentException.class, () -> ranker.fit(frame)).getMessage();
      assertTrue(message.contains("XGBoost's native library cannot be loaded on"), message);
      assertTrue(message.contains("sparc"), message);
    }
  }
}
