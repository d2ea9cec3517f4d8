package io.solvegrad.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the driver keeps of all queries, in ascending order of ids.
 *
 * @param labels the distinct labels, ascending
 * @param sources the distinct sources, ascending
 * @param classes the position of each query's label in labels
 * @param dimension the number of components of the first query
 */
record QueryIndex(List<?> labels, List<?> sources, int[] classes, int dimension) {

  /** Reads labels and sources; one job. */
  static QueryIndex read(EmbeddingTable queries, Dataset<Row> sorted) {
    List<Row> rows =
        sorted
            .select(
                sorted.col("id"),
                sorted.col("label"),
                sorted.col("source"),
                functions.size(sorted.col("embedding")))
            .collectAsList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("there are no queries");
    }
    requireDistinctIds(rows);
    for (Row row : rows) {
      requireKey(row, 1, queries.columns().label());
      if (queries.columns().source() != null) {
        requireKey(row, 2, queries.columns().source());
      }
    }
    List<?> labels = rows.stream().map(row -> row.get(1)).distinct().sorted().toList();
    List<?> sources =
        queries.columns().source() == null
            ? List.of()
            : rows.stream().map(row -> row.get(2)).distinct().sorted().toList();
    Dictionary numbers = new Dictionary(labels);
    int[] classes = rows.stream().mapToInt(row -> numbers.number(row.get(1))).toArray();
    int dimension =
        Math.max(1, rows.getFirst().getInt(3)); // a null has size -1, and is refused later
    return new QueryIndex(labels, sources, classes, dimension);
  }

  /** Rows are sorted, those without id first. */
  private static void requireDistinctIds(List<Row> rows) {
    if (rows.getFirst().isNullAt(0)) {
      throw new IllegalArgumentException("the queries have a row without id");
    }
    DistinctIds.require("queries", rows.stream().mapToLong(row -> row.getLong(0)).toArray());
  }

  private static void requireKey(Row row, int column, String name) {
    if (row.isNullAt(column)) {
      throw new IllegalArgumentException("queries, id %s: %s is null".formatted(row.get(0), name));
    }
  }
}
