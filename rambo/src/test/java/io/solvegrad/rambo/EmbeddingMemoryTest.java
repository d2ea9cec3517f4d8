package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddingMemoryTest {
  private static final int DIMENSION = 3;

  /** Adds embeddings (i, i, i) of class 10 i and source -i. */
  private static void add(EmbeddingMemory memory, int from, int to) {
    float[] batch = new float[(to - from) * DIMENSION];
    int[] classes = new int[to - from];
    int[] sources = new int[to - from];
    for (int i = from; i < to; i++) {
      Arrays.fill(batch, (i - from) * DIMENSION, (i - from + 1) * DIMENSION, i);
      classes[i - from] = 10 * i;
      sources[i - from] = -i;
    }
    memory.add(batch, classes, sources);
  }

  /** Oldest first, checking that all three arrays tell the same and nothing else is written. */
  private static int[] content(EmbeddingMemory memory) {
    int size = memory.size();
    float[] embeddings = new float[size * DIMENSION + 2];
    int[] classes = new int[size + 2];
    int[] sources = new int[size + 2];
    Arrays.fill(embeddings, 99);
    memory.copyEmbeddings(embeddings, 1);
    memory.copyClasses(classes, 1);
    memory.copySources(sources, 1);
    FloatBuffer view = memory.embeddings().asFloatBuffer();
    assertTrue(view.isDirect() && view.isReadOnly() && view.remaining() == size * DIMENSION);
    for (int i = 0; i < size * DIMENSION; i++) {
      assertEquals(embeddings[i + 1], view.get(i));
    }
    assertEquals(99, embeddings[0]);
    assertEquals(99, embeddings[embeddings.length - 1]);
    assertEquals(0, classes[0] + classes[size + 1] + sources[0] + sources[size + 1]);
    int[] content = new int[size];
    for (int i = 0; i < size; i++) {
      content[i] = -sources[i + 1];
      assertEquals(10 * content[i], classes[i + 1]);
      for (int d = 0; d < DIMENSION; d++) {
        assertEquals(content[i], embeddings[1 + i * DIMENSION + d]);
      }
    }
    return content;
  }

  @Test
  void oldest_goFirst() {
    EmbeddingMemory memory = new EmbeddingMemory(4, DIMENSION);
    assertArrayEquals(new int[] {}, content(memory));
    add(memory, 1, 4);
    assertArrayEquals(new int[] {1, 2, 3}, content(memory));
    add(memory, 4, 6);
    assertArrayEquals(new int[] {2, 3, 4, 5}, content(memory));
    add(memory, 6, 6);
    assertArrayEquals(new int[] {2, 3, 4, 5}, content(memory));
    add(memory, 6, 13);
    assertArrayEquals(new int[] {9, 10, 11, 12}, content(memory), "a batch beyond the capacity");
    memory.reset();
    assertArrayEquals(new int[] {}, content(memory));
    add(memory, 1, 3);
    assertArrayEquals(new int[] {1, 2}, content(memory));
    assertEquals(4, memory.capacity());
    String room =
        assertThrows(IllegalArgumentException.class, () -> memory.copySources(new int[2], 1))
            .getMessage();
    assertTrue(room.contains("2 values") && room.contains("offset 1"), room);
  }

  @Test
  void content_isThatOfAQueue() {
    SplittableRandom random = new SplittableRandom(61);
    for (int capacity = 0; capacity < 40; capacity += capacity < 10 ? 1 : 7) {
      EmbeddingMemory memory = new EmbeddingMemory(capacity, DIMENSION);
      Deque<Integer> queue = new ArrayDeque<>();
      int next = 1;
      for (int step = 0; step < 40; step++) {
        int rows = random.nextInt(2 * capacity + 2);
        add(memory, next, next + rows);
        for (int i = next; i < next + rows; i++) {
          queue.add(i);
        }
        while (queue.size() > capacity) {
          queue.remove();
        }
        next += rows;
        assertArrayEquals(queue.stream().mapToInt(i -> i).toArray(), content(memory));
      }
    }
  }

  @Test
  void capacityZero_remembersNothing() throws IOException {
    EmbeddingMemory memory = new EmbeddingMemory(0, DIMENSION);
    add(memory, 1, 5);
    assertEquals(0, memory.size());
    assertArrayEquals(new int[] {}, content(memory));
    memory.load(new ByteArrayInputStream(saved(memory)));
    assertEquals(0, memory.size());
  }

  @Test
  void add_keepsACopy() {
    EmbeddingMemory memory = new EmbeddingMemory(2, 1);
    float[] batch = {5};
    int[] classes = {6};
    int[] sources = {7};
    memory.add(batch, classes, sources);
    batch[0] = 0;
    classes[0] = 0;
    sources[0] = 0;
    float[] embeddings = new float[1];
    int[] ids = new int[2];
    memory.copyEmbeddings(embeddings, 0);
    memory.copyClasses(ids, 0);
    memory.copySources(ids, 1);
    assertEquals(5, embeddings[0]);
    assertArrayEquals(new int[] {6, 7}, ids);
  }

  @Test
  void add_refusesWhatDoesNotGoTogether() {
    EmbeddingMemory memory = new EmbeddingMemory(4, DIMENSION);
    add(memory, 1, 3);
    assertThrows(
        IllegalArgumentException.class, () -> memory.add(new float[4], new int[1], new int[1]));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> memory.add(new float[6], new int[2], new int[1]))
            .getMessage();
    assertEquals(
        "6 floats, 2 classes and 1 sources are no batch of embeddings of length 3", message);
    assertArrayEquals(new int[] {1, 2}, content(memory));
  }

  @ParameterizedTest
  @CsvSource({"-1, 3", "4, 0", "4, -2"})
  void shape_mustBePossible(int capacity, int dimension) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new EmbeddingMemory(capacity, dimension))
            .getMessage();
    assertTrue(message.contains("" + capacity) && message.contains("" + dimension), message);
  }

  @Test
  void nan_isRefusedByRowAndColumn() {
    EmbeddingMemory memory = new EmbeddingMemory(3, 2);
    float[] batch = {1, 2, 3, Float.NaN};
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> memory.add(batch, new int[] {1, 2}, new int[] {3, 4}))
            .getMessage();
    assertEquals("batch is NaN at row 1, column 1", message);
    assertEquals(0, memory.size());
  }

  @Test
  void shape_mustFitIntoABuffer() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new EmbeddingMemory(1 << 20, 1 << 12))
            .getMessage();
    assertTrue(message.contains("1048576") && message.contains("4096"), message);
  }

  @Test
  void shape_mustFitIntoDirectMemory() {
    assumeTrue(Runtime.getRuntime().maxMemory() < 1L << 31, "which is as large as the heap");
    String message =
        assertThrows(OutOfMemoryError.class, () -> new EmbeddingMemory(1 << 19, 1023)).getMessage();
    assertTrue(
        message.contains(4L * 1023 * 9 * (1 << 16) + " bytes")
            && message.contains("-XX:MaxDirectMemorySize"),
        message);
  }

  private static byte[] saved(EmbeddingMemory memory) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    memory.save(out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 7})
  void load_restoresWhatWasSaved(int added) throws IOException {
    EmbeddingMemory memory = new EmbeddingMemory(5, DIMENSION);
    add(memory, 1, 1 + added);
    byte[] bytes = saved(memory);
    assertEquals(28 + memory.size() * 4 * (2 + DIMENSION) + 8, bytes.length);
    EmbeddingMemory other = new EmbeddingMemory(5, DIMENSION);
    add(other, 50, 53);
    ByteArrayInputStream in = new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length + 3));
    other.load(in);
    assertArrayEquals(content(memory), content(other));
    assertEquals(3, in.available(), "what follows is not touched");
    add(memory, 20, 22);
    add(other, 20, 22);
    assertArrayEquals(content(memory), content(other), "and goes on in the same way");
    assertArrayEquals(saved(memory), saved(other));
  }

  @Test
  void load_refusesOtherShapes() throws IOException {
    EmbeddingMemory memory = new EmbeddingMemory(5, DIMENSION);
    add(memory, 1, 4);
    byte[] bytes = saved(memory);
    assertRefused(new EmbeddingMemory(6, DIMENSION), bytes, "capacity", "5 instead of 6");
    assertRefused(new EmbeddingMemory(5, 2), bytes, "dimension", "3 instead of 2");
    assertRefused(memory, "no memory at all".getBytes(), "this is no saved memory");
  }

  private static void assertRefused(EmbeddingMemory memory, byte[] bytes, String... parts) {
    String message =
        assertThrows(IOException.class, () -> memory.load(new ByteArrayInputStream(bytes)))
            .getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
