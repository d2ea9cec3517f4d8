package io.solvegrad.bench.compare;

import io.solvegrad.evaluation.ranking.FeatureRows;
import io.solvegrad.evaluation.ranking.LibsvmFiles.LabelledQuery;
import io.solvegrad.example.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Queries with features in a matrix.
 *
 * @param labels of each query
 * @param starts the first row of each query, and the number of rows at the end
 * @param features row after row
 * @param columns number of features of a row
 */
record Queries(List<double[]> labels, int[] starts, float[] features, int columns) {

  static Queries of(FeatureRows rows, int columns) {
    return of(
        rows.queries().stream().map(LabelledQuery::labels).toList(), rows.dense(columns), columns);
  }

  private static Queries of(List<double[]> labels, float[] features, int columns) {
    int[] starts = new int[labels.size() + 1];
    for (int q = 0; q < labels.size(); q++) {
      starts[q + 1] = starts[q] + labels.get(q).length;
    }
    return new Queries(labels, starts, features, columns);
  }

  /** Adds all numbers to a digest, which is returned. */
  Fingerprint addTo(Fingerprint fingerprint) {
    for (double[] query : labels) {
      fingerprint.add(query.length).add(query);
    }
    return fingerprint.add(features);
  }

  /** The largest label. */
  double largestLabel() {
    return labels.stream().flatMapToDouble(Arrays::stream).max().orElse(0);
  }

  int size() {
    return labels.size();
  }

  int rows() {
    return starts[starts.length - 1];
  }

  /** Some of the queries, in the given order. */
  Queries select(int... queries) {
    List<double[]> chosen = new ArrayList<>();
    int rows = 0;
    for (int q : queries) {
      chosen.add(labels.get(q));
      rows += labels.get(q).length;
    }
    float[] part = new float[rows * columns];
    int to = 0;
    for (int q : queries) {
      int count = labels.get(q).length * columns;
      System.arraycopy(features, starts[q] * columns, part, to, count);
      to += count;
    }
    return of(chosen, part, columns);
  }

  /** A third of the queries at random, and the others. */
  List<Queries> thirds(long seed) {
    return split(1.0 / 3, seed);
  }

  /**
   * A share of the queries at random, at least one, and the others, at least one.
   *
   * @throws IllegalArgumentException if there is only one query
   */
  List<Queries> split(double share, long seed) {
    if (size() < 2) {
      throw new IllegalArgumentException("there must be two queries to split, but there is one");
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
    Collections.shuffle(order, RandomStream.at(seed));
    int count = Math.clamp(Math.round(share * size()), 1, size() - 1);
    return List.of(
        select(order.subList(0, count).stream().mapToInt(q -> q).sorted().toArray()),
        select(order.subList(count, size()).stream().mapToInt(q -> q).sorted().toArray()));
  }

  /** The same queries, each feature less a mean and divided by a deviation. */
  Queries standardised(double[] means, double[] deviations) {
    float[] scaled = new float[features.length];
    for (int i = 0; i < scaled.length; i++) {
      int column = i % columns;
      scaled[i] = (float) ((features[i] - means[column]) / deviations[column]);
    }
    return new Queries(labels, starts, scaled, columns);
  }

  double[] means() {
    double[] means = new double[columns];
    for (int i = 0; i < features.length; i++) {
      means[i % columns] += features[i];
    }
    for (int c = 0; c < columns; c++) {
      means[c] /= rows();
    }
    return means;
  }

  /** Standard deviations of the columns; 1 for those without any. */
  double[] deviations(double... means) {
    double[] squares = new double[columns];
    for (int i = 0; i < features.length; i++) {
      double gap = features[i] - means[i % columns];
      squares[i % columns] += gap * gap;
    }
    for (int c = 0; c < columns; c++) {
      squares[c] = squares[c] > 0 ? Math.sqrt(squares[c] / rows()) : 1;
    }
    return squares;
  }
}
