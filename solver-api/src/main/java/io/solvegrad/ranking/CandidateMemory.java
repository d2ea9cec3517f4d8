package io.solvegrad.ranking;

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
   * Copies all embeddings, oldest first.
   *
   * @param target receives size x dimension floats. Modified.
   * @param offset where they begin
   */
  void copyEmbeddings(float[] target, int offset);

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
   * @throws IllegalArgumentException if the lengths do not go together
   */
  void add(float[] batch, int[] batchClasses, int[] batchSources);
}
