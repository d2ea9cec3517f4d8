package io.solvegrad.evaluation.retrieval;

/**
 * All similarities of a block of queries to a gallery, a tile at a time. Memory: the block, one
 * panel of the gallery and one tile, whatever the sizes of the sets.
 */
final class SimilarityScan {
  private static final int PANEL_FLOATS = 1 << 16; // a panel stays in the second-level cache
  private static final int SMALLEST_WIDTH = 32;

  /** The most scores that a reader gets at once. */
  static final int LARGEST_WIDTH = 512;

  private final EmbeddingSet queries;
  private final EmbeddingSet gallery;
  private final SimilarityKernel kernel;

  /** Receives the scores of query {@code slot} of the block for gallery items first to ... */
  interface TileReader {
    /** May modify {@code scores[0]} to {@code scores[width - 1]}. */
    void read(int slot, float[] scores, int first, int width);
  }

  SimilarityScan(EmbeddingSet queries, EmbeddingSet gallery, Similarity similarity) {
    this.queries = queries;
    this.gallery = gallery;
    this.kernel = new SimilarityKernel(similarity);
  }

  /** Similarities of one query to listed gallery items, of the same bits as {@link #scan}. */
  float[] listed(int query, int[] items) {
    float[] scores = new float[items.length];
    int dimension = queries.dimension();
    kernel.listed(queries.values(), query * dimension, dimension, gallery.values(), items, scores);
    return scores;
  }

  /** Reads the tiles of each query in ascending order of gallery items. */
  void scan(int[] block, TileReader reader) {
    int dimension = queries.dimension();
    int padded = SimilarityKernel.padded(dimension);
    int rows = SimilarityKernel.ROWS;
    float[] packed = new float[(block.length + rows - 1) / rows * rows * padded];
    for (int slot = 0; slot < block.length; slot++) {
      System.arraycopy(queries.values(), block[slot] * dimension, packed, slot * padded, dimension);
    }
    int width = Math.max(SMALLEST_WIDTH, Math.min(LARGEST_WIDTH, PANEL_FLOATS / padded));
    float[][] panel = new float[padded][width];
    float[][] tile = new float[rows][width];
    for (int first = 0; first < gallery.size(); first += width) {
      int columns = Math.min(width, gallery.size() - first);
      pack(first, columns, panel);
      for (int slot = 0; slot < block.length; slot += rows) {
        kernel.tile(packed, slot, panel, columns, tile);
        for (int r = 0; r < rows && slot + r < block.length; r++) {
          reader.read(slot + r, tile[r], first, columns);
        }
      }
    }
  }

  private void pack(int first, int columns, float[][] panel) {
    int dimension = gallery.dimension();
    float[] values = gallery.values();
    for (int j = 0; j < columns; j++) {
      int at = (first + j) * dimension;
      for (int k = 0; k < dimension; k++) {
        panel[k][j] = values[at + k];
      }
    }
  }
}
