package io.solvegrad.rambo;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.solver.Lambda;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Saved memories under a fuzzer that looks which branches an input reaches. Without the profile
 * fuzz it reads the inputs that are kept. Inputs get the checksum that they need, or the fuzzer
 * would never pass it; those of a score memory are read as they are, too. In one mode: the readers
 * are the same in all.
 */
@DisabledIfSystemProperty(named = "solvegrad.testMode", matches = "simd|avx2")
class GuidedFuzzTest {
  private interface Memory {
    void load(InputStream in) throws IOException;
  }

  private static InputStream checked(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return new ByteArrayInputStream(
        ByteBuffer.allocate(bytes.length + Long.BYTES).put(bytes).putLong(sum.getValue()).array());
  }

  /** A memory is loaded or refused by a sentence; anything else is a finding. */
  private static void load(Memory memory, InputStream in) {
    try {
      memory.load(in);
    } catch (IOException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("a refusal without a sentence", e);
      }
    }
  }

  private static ScoreMemory scores() {
    return new ScoreMemory(
        MatrixView.COLUMNS.apply(
            MetricLoss.of(new AveragePrecision(), new BlackboxRanker(Lambda.plain(60)))),
        4);
  }

  @FuzzTest
  void embeddings(byte[] bytes) {
    load(new EmbeddingMemory(4, 3)::load, checked(bytes));
  }

  @FuzzTest
  void scores(byte[] bytes) {
    load(scores()::load, checked(bytes));
    load(scores()::load, new ByteArrayInputStream(bytes));
  }
}
