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
 * @param dimension the number of components of every query
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
                // Null for a null, whatever the settings of the session say of sizes.
                functions
                    .when(
                        sorted.col("embedding").isNotNull(),
                        functions.size(sorted.col("embedding")))
                    .as("size"))
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
    return new QueryIndex(labels, sources, classes, dimension(rows));
  }

  /** The components of every query. */
  private static int dimension(List<Row> rows) {
    int dimension = 0;
    for (Row row : rows) {
      requireKey(row, 3, "embedding");
      int size = row.getInt(3);
      if (size < 1 || (dimension > 0 && size != dimension)) {
        throw new IllegalArgumentException(
            "queries, id %s: embedding has %d components, must have %s"
                .formatted(row.get(0), size, dimension > 0 ? dimension : "at least 1"));
      }
      dimension = size;
    }
    return dimension;
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
