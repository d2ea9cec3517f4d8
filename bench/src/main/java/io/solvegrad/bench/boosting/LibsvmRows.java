package io.solvegrad.bench.boosting;

import io.solvegrad.boosting.RankingRows;
import io.solvegrad.evaluation.ranking.FeatureRows;
import io.solvegrad.evaluation.ranking.LibsvmFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Rows in libsvm format with the sizes of the queries in a file of the same name and .query. */
final class LibsvmRows {
  private LibsvmRows() {}

  /** Features that a line leaves out are 0. */
  static RankingRows read(Path file, int columns) throws IOException {
    FeatureRows rows = LibsvmFiles.readRows(file);
    return new RankingRows(rows.dense(columns), columns, rows.labels(), rows.sizes());
  }

  /** The rows of every group whose index leaves the given remainder, or of all the others. */
  static RankingRows fold(RankingRows rows, int folds, int remainder, boolean held) {
    int groups = 0;
    int size = 0;
    for (int q = 0; q < rows.groups().length; q++) {
      if ((q % folds == remainder) == held) {
        groups++;
        size += rows.groups()[q];
      }
    }
    float[] features = new float[size * rows.columns()];
    float[] labels = new float[size];
    int[] sizes = new int[groups];
    int group = 0;
    int to = 0;
    int from = 0;
    for (int q = 0; q < rows.groups().length; q++) {
      int count = rows.groups()[q];
      if ((q % folds == remainder) == held) {
        int width = rows.columns();
        System.arraycopy(rows.features(), from * width, features, to * width, count * width);
        System.arraycopy(rows.labels(), from, labels, to, count);
        sizes[group++] = count;
        to += count;
      }
      from += count;
    }
    return new RankingRows(features, rows.columns(), labels, sizes);
  }
}
