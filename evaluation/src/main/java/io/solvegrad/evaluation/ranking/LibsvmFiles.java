package io.solvegrad.evaluation.ranking;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Ranking data in the libsvm (LETOR, SVMrank) format with a file of scores.
 *
 * <p>A line is {@code label qid:QUERY index:value index:value ... # comment}; lines of a query
 * stand together. Where lines have no qid, the sizes of the queries stand one a line in a file of
 * the same name with {@code .query} (LightGBM) or {@code .group} (XGBoost) added. Scores stand one
 * a line, in the order of the data. Feature values are checked in any case.
 */
public final class LibsvmFiles {
  private LibsvmFiles() {}

  /**
   * The labels of the items of one query.
   *
   * @param query its name: the qid, or its number from 1 where sizes are given
   * @param labels the labels, finite
   */
  public record LabelledQuery(String query, double[] labels) {
    /** Checks that nothing is missing. */
    public LabelledQuery {
      Objects.requireNonNull(query, "query must not be null");
      Objects.requireNonNull(labels, "labels must not be null");
    }
  }

  /**
   * Reads labels and queries.
   *
   * @param file the data
   * @return the queries in the order of the file
   * @throws FileFormatException if a line is malformed, queries are mixed or unknown, sizes do not
   *     fit, or there is no line
   * @throws IOException if reading fails
   */
  public static List<LabelledQuery> readLabels(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    return read(file, (row, index, value) -> {});
  }

  /**
   * Reads labels, queries and features.
   *
   * @param file the data
   * @return the rows; memory is proportional to the features that are written down
   * @throws IOException as {@link #readLabels}
   */
  public static FeatureRows readRows(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    FeatureRows.Builder builder = new FeatureRows.Builder();
    return builder.build(read(file, builder));
  }

  /** Takes a feature as it is read. */
  @FunctionalInterface
  interface Features {
    void add(int row, int index, double value);
  }

  private static List<LabelledQuery> read(Path file, Features features) throws IOException {
    DoubleStream.Builder labels = DoubleStream.builder();
    List<String> queries = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean anonymous = false;
    int rows = 0;
    try (TextFile text = new TextFile(file)) {
      for (String line = text.next(); line != null; line = text.next()) {
        int comment = line.indexOf('#');
        List<String> fields = TextFile.fields(comment < 0 ? line : line.substring(0, comment));
        if (fields.isEmpty()) {
          continue;
        }
        labels.add(text.number(fields.getFirst(), "label"));
        String query = checkedFields(text, fields, rows, features);
        if (rows > 0 && anonymous != (query == null)) {
          throw text.problem(
              query == null ? "has no qid, others have" : "has a qid, lines before have none");
        }
        anonymous = query == null;
        rows++;
        if (query != null && !queries.isEmpty() && queries.getLast().equals(query)) {
          sizes.set(sizes.size() - 1, sizes.getLast() + 1);
        } else if (query != null) {
          if (!seen.add(query)) {
            throw text.problem(
                "returns to query " + quoted(query) + ", whose lines must stand together");
          }
          queries.add(query);
          sizes.add(1);
        }
      }
    }
    if (rows == 0) {
      throw new FileFormatException(file, "holds no line of data");
    }
    if (anonymous) {
      sizes = readSizes(file, rows);
      for (int i = 1; i <= sizes.size(); i++) {
        queries.add(Integer.toString(i));
      }
    }
    return split(labels.build().toArray(), queries, sizes);
  }

  /** Checks and hands on the features of a line and returns its qid, if any. */
  private static @Nullable String checkedFields(
      TextFile text, List<String> fields, int row, Features features) throws FileFormatException {
    String query = null;
    for (int i = 1; i < fields.size(); i++) {
      String field = fields.get(i);
      int colon = field.indexOf(':');
      if (colon < 1 || colon == field.length() - 1) {
        throw text.problem(quoted(field) + " is not of the form index:value");
      }
      String value = field.substring(colon + 1);
      if (i == 1 && field.startsWith("qid:")) {
        query = value;
      } else {
        int index = text.integer(field.substring(0, colon), "feature index");
        if (index < 0) {
          throw text.problem("feature index " + quoted(field) + " is negative");
        }
        if (index == Integer.MAX_VALUE) {
          throw text.problem("feature index " + quoted(field) + " is too large");
        }
        features.add(row, index, text.number(value, "feature value"));
      }
    }
    return query;
  }

  private static List<Integer> readSizes(Path file, int rows) throws IOException {
    Path sizesFile = file.resolveSibling(file.getFileName() + ".query");
    if (!Files.exists(sizesFile)) {
      sizesFile = file.resolveSibling(file.getFileName() + ".group");
    }
    if (!Files.exists(sizesFile)) {
      throw new FileFormatException(
          file, "has no qid, and there is no file " + file.getFileName() + ".query of query sizes");
    }
    List<Integer> sizes = new ArrayList<>();
    long total = 0;
    try (TextFile text = new TextFile(sizesFile)) {
      for (List<String> fields = text.nextFields(); fields != null; fields = text.nextFields()) {
        int size = text.integer(fields.getFirst(), "query size");
        if (fields.size() != 1 || size < 1) {
          throw text.problem(quoted(String.join(" ", fields)) + " is not a query size");
        }
        sizes.add(size);
        total += size;
      }
    }
    if (total != rows) {
      throw new FileFormatException(
          sizesFile, "adds up to " + total + " lines, " + file.getFileName() + " has " + rows);
    }
    return sizes;
  }

  private static List<LabelledQuery> split(
      double[] labels, List<String> queries, List<Integer> sizes) {
    List<LabelledQuery> result = new ArrayList<>();
    int start = 0;
    for (int q = 0; q < sizes.size(); q++) {
      int end = start + sizes.get(q);
      result.add(new LabelledQuery(queries.get(q), Arrays.copyOfRange(labels, start, end)));
      start = end;
    }
    return result;
  }

  /**
   * Reads scores.
   *
   * @param file one number a line
   * @return the scores
   * @throws FileFormatException if a line is not one finite number
   * @throws IOException if reading fails
   */
  public static double[] readScores(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    DoubleStream.Builder scores = DoubleStream.builder();
    try (TextFile text = new TextFile(file)) {
      for (List<String> fields = text.nextFields(); fields != null; fields = text.nextFields()) {
        if (fields.size() != 1) {
          throw text.problem("has " + fields.size() + " fields, must have one score");
        }
        scores.add(text.number(fields.getFirst(), "score"));
      }
    }
    return scores.build().toArray();
  }

  /**
   * Joins labels and scores.
   *
   * @param queries the labels by query
   * @param scores the score of each item, in the same order. Not modified.
   * @param ties who stands first among equal scores
   * @param level the smallest label that is relevant
   * @return the rankings by query
   * @throws IllegalArgumentException if the number of scores is not that of the labels
   */
  public static Map<String, JudgedRanking> join(
      List<LabelledQuery> queries, double[] scores, TieRule ties, double level) {
    Objects.requireNonNull(queries, "queries must not be null");
    Objects.requireNonNull(scores, "scores must not be null");
    Objects.requireNonNull(ties, "ties must not be null");
    int rows = queries.stream().mapToInt(query -> query.labels().length).sum();
    if (rows != scores.length) {
      throw new IllegalArgumentException(
          "there are %d scores for %d lines of data".formatted(scores.length, rows));
    }
    Map<String, JudgedRanking> rankings = new LinkedHashMap<>();
    int start = 0;
    for (LabelledQuery query : queries) {
      int end = start + query.labels().length;
      double[] own = Arrays.copyOfRange(scores, start, end);
      rankings.put(query.query(), JudgedRanking.of(query.labels(), own, ties, level));
      start = end;
    }
    return rankings;
  }
}
