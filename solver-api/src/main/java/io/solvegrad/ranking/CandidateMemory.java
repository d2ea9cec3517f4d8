package io.solvegrad.ranking;

import java.nio.ByteBuffer;

/**
 * Remembered embeddings that stand behind those of the current batch as further candidates. They
 * are constants: the gradient of a score with one of them flows to the query alone.
 */
public interface CandidateMemory {

  /** {@return how many embeddings are remembered at present} */
  int size();

  /** {@return the length of an embedding} */
  int dimension();

  /**
   * {@return a view of all embeddings, oldest first, one behind the other} It is outside the Java
   * heap, in native byte order, and holds size x dimension floats, so that an engine can read it
   * where it is. What it shows is undefined after the next {@link #add}.
   */
  ByteBuffer embeddings();

  /**
   * Copies all embeddings, oldest first.
   *
   * @param target receives size x dimension floats. Modified.
   * @param offset where they begin
   */
  default void copyEmbeddings(float[] target, int offset) {
    embeddings().asFloatBuffer().get(target, offset, size() * dimension());
  }

  /**
   * Copies all classes, oldest first.
   *
   * @param target receives size values. Modified.
   * @param offset where they begin
   */
  void copyClasses(int[] target, int offset);

  /**
   * Copies all sources, oldest first.
   *
   * @param target receives size values. Modified.
   * @param offset where they begin
   */
  void copySources(int[] target, int offset);

  /**
   * Remembers a batch; of more embeddings than there is room for, the last stay.
   *
   * @param batch embeddings one behind the other. Not modified.
   * @param batchClasses the class of each. Not modified.
   * @param batchSources the source of each. Not modified.
   * @throws IllegalArgumentException if the lengths do not go together or a number is NaN
   */
  void add(float[] batch, int[] batchClasses, int[] batchSources);
}
