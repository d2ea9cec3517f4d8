package io.solvegrad.bench;

import io.solvegrad.rambo.EmbeddingMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a step costs a large embedding memory: to add a batch of {@value #BATCH} and to read all
 * that is remembered where it lies, against reading as many numbers that never change.
 *
 * <p>{@code ./solvegrad bench --only step-memory --out D}
 */
@State(Scope.Thread)
public class MemoryBenchmark {
  private static final int BATCH = 256;

  /** What is measured: a row is an embedding, n its length. */
  @Param("64/0/1000000/1/-")
  public String config = "";

  private EmbeddingMemory memory = new EmbeddingMemory(0, 1);
  private ByteBuffer same = ByteBuffer.allocateDirect(0);
  private final float[] chunk = new float[4096];
  private float[] batch = {};
  private final int[] ids = new int[BATCH];

  /** For the harness. */
  public MemoryBenchmark() {}

  /** Fills the memory, so that it wraps around in the middle, and checks what it gives back. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    Random random = new Random(11);
    memory = new EmbeddingMemory(c.rows(), c.n());
    batch = new float[BATCH * c.n()];
    for (int added = 0; added < c.rows() + c.rows() / 2; added += BATCH) {
      for (int i = 0; i < batch.length; i++) {
        batch[i] = random.nextFloat();
      }
      memory.add(batch, ids, ids);
    }
    same = ByteBuffer.allocateDirect(c.rows() * c.n() * Float.BYTES).order(ByteOrder.nativeOrder());
    same.put(memory.embeddings()).flip();
    FloatBuffer all = memory.embeddings().asFloatBuffer();
    if (all.remaining() != c.rows() * c.n()
        || all.get(all.limit() - 1) != batch[batch.length - 1]) {
      throw new IllegalStateException("the newest embedding is not the last");
    }
  }

  /** {@return what was read last, of all remembered embeddings, after a batch was added} */
  @Benchmark
  public float ours() {
    memory.add(batch, ids, ids);
    return read(memory.embeddings());
  }

  /** {@return what was read last, of as many numbers} */
  @Benchmark
  public float floor() {
    return read(same.duplicate().order(ByteOrder.nativeOrder()));
  }

  private float read(ByteBuffer bytes) {
    FloatBuffer numbers = bytes.asFloatBuffer();
    while (numbers.hasRemaining()) {
      numbers.get(chunk, 0, Math.min(chunk.length, numbers.remaining()));
    }
    return chunk[0];
  }
}
