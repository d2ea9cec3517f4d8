package io.solvegrad.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session that ends while a head is trained. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppedSessionTest {

  @Test
  void training_failsAndGoesOnInAnother(@TempDir Path folder) throws Exception {
    Embeddings set = Embeddings.random(90, 6, 12, 0, 0, 95);
    var training =
        new DistributedHeadTraining(
                DistributedHeadTrainingTest.RECALL, DistributedHeadTrainingTest.settings(5, 2))
            .checkpoints(folder.toUri().toString(), 1);
    try (SparkSession session = LocalSpark.threads(2)) {
      assertThrows(
          IllegalStateException.class,
          () ->
              training.fit(
                  DistributedHeadTrainingTest.head(),
                  set.frame(session, 2, 1),
                  (step, loss) -> {
                    if (step == 3) {
                      session.stop();
                    }
                  }));
    }
    try (SparkSession session = LocalSpark.threads(1)) {
      TrainedHead found =
          training.fit(DistributedHeadTrainingTest.head(), set.frame(session, 4, 2));
      assertEquals(3, found.resumedAfter());
      float[] expected =
          new HeadTrainingTwin(training.loss(), training.settings())
              .weights(
                  DistributedHeadTrainingTest.head().weights().data,
                  set.set().values(),
                  set.set().classes(),
                  6,
                  3);
      assertArrayEquals(expected, found.head().weights().data);
    }
  }
}
