package io.solvegrad.bench.boosting;

import io.solvegrad.boosting.RankingRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rows in libsvm format with the sizes of the queries in a file of the same name and .query. */
final class LibsvmRows {
  private LibsvmRows() {}

  /** Features that a line leaves out are 0. */
  static RankingRows read(Path file, int columns) throws IOException {
    List<String> lines = Files.readAllLines(file);
    float[] features = new float[Math.multiplyExact(lines.size(), columns)];
    float[] labels = new float[lines.size()];
    for (int i = 0; i < labels.length; i++) {
      String[] fields = lines.get(i).strip().split("\\s+", -1);
      labels[i] = Float.parseFloat(fields[0]);
      for (int f = 1; f < fields.length; f++) {
        int colon = fields[f].indexOf(':');
        int column = Integer.parseInt(fields[f].substring(0, colon));
        if (column >= columns) {
          throw new IOException("%s:%d: feature %d of %d".formatted(file, i + 1, column, columns));
        }
        features[i * columns + column] = Float.parseFloat(fields[f].substring(colon + 1));
      }
    }
    int[] groups =
        Files.readAllLines(file.resolveSibling(file.getFileName() + ".query")).stream()
            .mapToInt(line -> Integer.parseInt(line.strip()))
            .toArray();
    return new RankingRows(features, columns, labels, groups);
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
