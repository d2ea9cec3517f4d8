package io.solvegrad.ranking;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A matrix of scores with labels and exclusions, from which tests make batches in either precision.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param scores row by row
 * @param relevant row by row
 * @param excluded row by row
 */
public record Cells(
    int rows, int columns, double[] scores, boolean[] relevant, boolean[] excluded) {

  /** Different scores that floats hold exactly; a third is relevant, a tenth excluded. */
  public static Cells random(long seed, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = rows * columns;
    double[] scores =
        random.ints(-(1 << 20), 1 << 20).distinct().limit(size).mapToDouble(s -> s).toArray();
    boolean[] relevant = new boolean[size];
    boolean[] excluded = new boolean[size];
    for (int i = 0; i < size; i++) {
      scores[i] /= 1 << 20;
      relevant[i] = random.nextInt(3) == 0;
      excluded[i] = random.nextInt(10) == 0;
    }
    return new Cells(rows, columns, scores, relevant, excluded);
  }

  public Cells withoutExclusions() {
    return new Cells(rows, columns, scores, relevant, new boolean[scores.length]);
  }

  public Cells withoutRelevant() {
    return new Cells(rows, columns, scores, new boolean[scores.length], excluded);
  }

  public Cells allExcluded() {
    boolean[] all = new boolean[scores.length];
    Arrays.fill(all, true);
    return new Cells(rows, columns, scores, relevant, all);
  }

  /** The same cells with one other score. */
  public Cells withScore(int index, double score) {
    double[] other = scores.clone();
    other[index] = score;
    return withScores(other);
  }

  public Cells withScores(double[] other) {
    return new Cells(rows, columns, other, relevant, excluded);
  }

  /** A larger matrix: row r comes from rowOf[r], column c from columnOf[c], -1 means excluded. */
  public Cells pick(int[] rowOf, int[] columnOf) {
    int size = rowOf.length * columnOf.length;
    Cells picked =
        new Cells(
            rowOf.length, columnOf.length, new double[size], new boolean[size], new boolean[size]);
    for (int i = 0; i < size; i++) {
      int from = source(i, rowOf, columnOf);
      // What stands in excluded cells must not matter, so it is as bad as can be.
      picked.scores[i] = from < 0 ? Double.NaN : scores[from];
      picked.relevant[i] = from < 0 || relevant[from];
      picked.excluded[i] = from < 0 || excluded[from];
    }
    return picked;
  }

  /** The index that cell i of a picked matrix comes from, or -1. */
  public int source(int i, int[] rowOf, int[] columnOf) {
    int row = rowOf[i / columnOf.length];
    int column = columnOf[i % columnOf.length];
    return row < 0 || column < 0 ? -1 : row * columns + column;
  }

  public ScoreArray doubles() {
    return ScoreArray.of(scores.clone());
  }

  public ScoreArray floats() {
    ScoreArray floats = ScoreArray.of(new float[scores.length]);
    for (int i = 0; i < scores.length; i++) {
      floats.set(i, scores[i]);
    }
    return floats;
  }

  /** One item or query a row. */
  public RankingBatch batch(ScoreArray array) {
    return RankingBatch.rows(array, rows, columns, Relevance.of(ItemSets.mask(relevant)))
        .excluding(ItemSets.mask(excluded));
  }

  public RankingBatch batch() {
    return batch(doubles());
  }
}
