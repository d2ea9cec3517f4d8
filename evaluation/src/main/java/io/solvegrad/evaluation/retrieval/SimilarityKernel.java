package io.solvegrad.evaluation.retrieval;

import java.util.Arrays;

/**
 * Similarities of four queries to a panel of gallery items, and of one query to listed items.
 *
 * <p>Both add the components one after the other, from the first to the last, with one fused
 * multiply-add each: a similarity has the same bits however queries and gallery are divided.
 */
final class SimilarityKernel {
  /*
   * The inner loop runs over the columns of a panel that is stored component by component, and every
   * array is indexed by the loop variable alone: C2 of JDK 25 proves independence that way and emits
   * vector FMAs; with offsets, array[b + j], it emits scalar code, a fifth as fast. Four rows by four
   * components a pass keep sixteen factors in registers. Two by four is 13 % slower, six by four or
   * four by eight spill and lose five sixths. ARCHITECTURE.md compares this with BLAS libraries.
   */
  static final int ROWS = 4;
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
    int stride = panel.length;
    for (int k = 0; k < stride; k += STEP) {
      if (euclidean) {
        addSquares(block, row * stride + k, panel, k, tile, width);
      } else {
        addProducts(block, row * stride + k, panel, k, tile, width);
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

  // Sixteen factors have to be named one by one to stay in registers, hence the length.
  private static void addProducts(
      float[] block, int at, float[][] panel, int k, float[][] tile, int width) {
    int stride = panel.length;
    float[] p0 = panel[k];
    float[] p1 = panel[k + 1];
    float[] p2 = panel[k + 2];
    float[] p3 = panel[k + 3];
    float[] toA = tile[0];
    float[] toB = tile[1];
    float[] toC = tile[2];
    float[] toD = tile[3];
    float a0 = block[at];
    float a1 = block[at + 1];
    float a2 = block[at + 2];
    float a3 = block[at + 3];
    float b0 = block[at + stride];
    float b1 = block[at + stride + 1];
    float b2 = block[at + stride + 2];
    float b3 = block[at + stride + 3];
    float c0 = block[at + 2 * stride];
    float c1 = block[at + 2 * stride + 1];
    float c2 = block[at + 2 * stride + 2];
    float c3 = block[at + 2 * stride + 3];
    float d0 = block[at + 3 * stride];
    float d1 = block[at + 3 * stride + 1];
    float d2 = block[at + 3 * stride + 2];
    float d3 = block[at + 3 * stride + 3];
    for (int j = 0; j < width; j++) {
      float x0 = p0[j];
      float x1 = p1[j];
      float x2 = p2[j];
      float x3 = p3[j];
      float a = Math.fma(a1, x1, Math.fma(a0, x0, toA[j]));
      toA[j] = Math.fma(a3, x3, Math.fma(a2, x2, a));
      float b = Math.fma(b1, x1, Math.fma(b0, x0, toB[j]));
      toB[j] = Math.fma(b3, x3, Math.fma(b2, x2, b));
      float c = Math.fma(c1, x1, Math.fma(c0, x0, toC[j]));
      toC[j] = Math.fma(c3, x3, Math.fma(c2, x2, c));
      float d = Math.fma(d1, x1, Math.fma(d0, x0, toD[j]));
      toD[j] = Math.fma(d3, x3, Math.fma(d2, x2, d));
    }
  }

  private static void addSquares(
      float[] block, int at, float[][] panel, int k, float[][] tile, int width) {
    int stride = panel.length;
    float[] p0 = panel[k];
    float[] p1 = panel[k + 1];
    float[] p2 = panel[k + 2];
    float[] p3 = panel[k + 3];
    float[] toA = tile[0];
    float[] toB = tile[1];
    float[] toC = tile[2];
    float[] toD = tile[3];
    float a0 = block[at];
    float a1 = block[at + 1];
    float a2 = block[at + 2];
    float a3 = block[at + 3];
    float b0 = block[at + stride];
    float b1 = block[at + stride + 1];
    float b2 = block[at + stride + 2];
    float b3 = block[at + stride + 3];
    float c0 = block[at + 2 * stride];
    float c1 = block[at + 2 * stride + 1];
    float c2 = block[at + 2 * stride + 2];
    float c3 = block[at + 2 * stride + 3];
    float d0 = block[at + 3 * stride];
    float d1 = block[at + 3 * stride + 1];
    float d2 = block[at + 3 * stride + 2];
    float d3 = block[at + 3 * stride + 3];
    for (int j = 0; j < width; j++) {
      float x0 = p0[j];
      float x1 = p1[j];
      float x2 = p2[j];
      float x3 = p3[j];
      float a = Math.fma(x0 - a0, a0 - x0, toA[j]);
      a = Math.fma(x1 - a1, a1 - x1, a);
      a = Math.fma(x2 - a2, a2 - x2, a);
      toA[j] = Math.fma(x3 - a3, a3 - x3, a);
      float b = Math.fma(x0 - b0, b0 - x0, toB[j]);
      b = Math.fma(x1 - b1, b1 - x1, b);
      b = Math.fma(x2 - b2, b2 - x2, b);
      toB[j] = Math.fma(x3 - b3, b3 - x3, b);
      float c = Math.fma(x0 - c0, c0 - x0, toC[j]);
      c = Math.fma(x1 - c1, c1 - x1, c);
      c = Math.fma(x2 - c2, c2 - x2, c);
      toC[j] = Math.fma(x3 - c3, c3 - x3, c);
      float d = Math.fma(x0 - d0, d0 - x0, toD[j]);
      d = Math.fma(x1 - d1, d1 - x1, d);
      d = Math.fma(x2 - d2, d2 - x2, d);
      toD[j] = Math.fma(x3 - d3, d3 - x3, d);
    }
  }
}
