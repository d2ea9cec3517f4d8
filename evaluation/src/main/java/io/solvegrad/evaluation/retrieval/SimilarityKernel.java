package io.solvegrad.evaluation.retrieval;

import java.util.Arrays;

/**
 * Similarities of two queries to a panel of gallery items, and of one query to listed items.
 *
 * <p>Both add the components one after the other, from the first to the last, with one fused
 * multiply-add each: a similarity has the same bits however queries and gallery are divided.
 */
final class SimilarityKernel {
  /*
   * The inner loop runs over the columns of a panel that is stored component by component, and every
   * array is indexed by the loop variable alone: C2 of JDK 25 proves independence that way and emits
   * vector FMAs (70 GFLOP/s a core with AVX-512); with offsets, array[b + j], it emits scalar code,
   * a fifth of that. Four components a pass keep the sums in registers; a pass over more rows than
   * two gained 5 %.
   */
  static final int ROWS = 2;
  private static final int STEP = 4;

  private final boolean euclidean;

  SimilarityKernel(Similarity similarity) {
    this.euclidean = similarity == Similarity.EUCLIDEAN;
  }

  /** The dimension rounded up to whole passes; the components added are to be zero. */
  static int padded(int dimension) {
    return (dimension + STEP - 1) / STEP * STEP;
  }

  /**
   * Fills tile[r][j], r &lt; ROWS, j &lt; width, with the similarity of query {@code row + r} of
   * the block (padded rows) to column j of the panel (padded components by columns).
   */
  void tile(float[] block, int row, float[][] panel, int width, float[][] tile) {
    for (float[] scores : tile) {
      Arrays.fill(scores, 0, width, 0f);
    }
    for (int k = 0; k < panel.length; k += STEP) {
      int first = row * panel.length + k;
      int second = first + panel.length;
      if (euclidean) {
        addSquares(block, first, second, panel, k, tile[0], tile[1], width);
      } else {
        addProducts(block, first, second, panel, k, tile[0], tile[1], width);
      }
    }
  }

  /** The similarities of one query to listed gallery items. */
  void listed(
      float[] query, int offset, int dimension, float[] gallery, int[] items, float[] scores) {
    int count = items.length;
    int i = 0;
    // Four chains at a time hide the latency of the additions, whose order within one is fixed.
    for (; i + 4 <= count; i += 4) {
      int g0 = items[i] * dimension;
      int g1 = items[i + 1] * dimension;
      int g2 = items[i + 2] * dimension;
      int g3 = items[i + 3] * dimension;
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int k = 0; k < dimension; k++) {
        float q = query[offset + k];
        s0 = add(q, gallery[g0 + k], s0);
        s1 = add(q, gallery[g1 + k], s1);
        s2 = add(q, gallery[g2 + k], s2);
        s3 = add(q, gallery[g3 + k], s3);
      }
      scores[i] = s0;
      scores[i + 1] = s1;
      scores[i + 2] = s2;
      scores[i + 3] = s3;
    }
    for (; i < count; i++) {
      float s = 0;
      for (int k = 0; k < dimension; k++) {
        s = add(query[offset + k], gallery[items[i] * dimension + k], s);
      }
      scores[i] = s;
    }
  }

  private float add(float q, float g, float sum) {
    return euclidean ? Math.fma(g - q, q - g, sum) : Math.fma(q, g, sum);
  }

  private static void addProducts(
      float[] block,
      int a,
      int b,
      float[][] panel,
      int k,
      float[] first,
      float[] second,
      int width) {
    float[] p0 = panel[k];
    float[] p1 = panel[k + 1];
    float[] p2 = panel[k + 2];
    float[] p3 = panel[k + 3];
    float a0 = block[a];
    float a1 = block[a + 1];
    float a2 = block[a + 2];
    float a3 = block[a + 3];
    float b0 = block[b];
    float b1 = block[b + 1];
    float b2 = block[b + 2];
    float b3 = block[b + 3];
    for (int j = 0; j < width; j++) {
      float x0 = p0[j];
      float x1 = p1[j];
      float x2 = p2[j];
      float x3 = p3[j];
      first[j] = Math.fma(a3, x3, Math.fma(a2, x2, Math.fma(a1, x1, Math.fma(a0, x0, first[j]))));
      second[j] = Math.fma(b3, x3, Math.fma(b2, x2, Math.fma(b1, x1, Math.fma(b0, x0, second[j]))));
    }
  }

  private static void addSquares(
      float[] block,
      int a,
      int b,
      float[][] panel,
      int k,
      float[] first,
      float[] second,
      int width) {
    float[] p0 = panel[k];
    float[] p1 = panel[k + 1];
    float[] p2 = panel[k + 2];
    float[] p3 = panel[k + 3];
    float a0 = block[a];
    float a1 = block[a + 1];
    float a2 = block[a + 2];
    float a3 = block[a + 3];
    float b0 = block[b];
    float b1 = block[b + 1];
    float b2 = block[b + 2];
    float b3 = block[b + 3];
    for (int j = 0; j < width; j++) {
      float x0 = p0[j];
      float x1 = p1[j];
      float x2 = p2[j];
      float x3 = p3[j];
      float s = Math.fma(x0 - a0, a0 - x0, first[j]);
      s = Math.fma(x1 - a1, a1 - x1, s);
      s = Math.fma(x2 - a2, a2 - x2, s);
      first[j] = Math.fma(x3 - a3, a3 - x3, s);
      float t = Math.fma(x0 - b0, b0 - x0, second[j]);
      t = Math.fma(x1 - b1, b1 - x1, t);
      t = Math.fma(x2 - b2, b2 - x2, t);
      second[j] = Math.fma(x3 - b3, b3 - x3, t);
    }
  }
}
