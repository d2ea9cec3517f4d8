package io.solvegrad.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Rows of embeddings with checked types: id, embedding, label, source and ignored if named. */
final class EmbeddingTable {
  private static final Set<DataType> WHOLE =
      Set.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private final String name;
  private final Dataset<Row> rows;
  private final EmbeddingColumns columns;

  /**
   * Checks the schema.
   *
   * @param name what the rows are, for messages
   * @param withIgnored whether the rows have the column of ignored items
   */
  EmbeddingTable(String name, Dataset<Row> data, EmbeddingColumns columns, boolean withIgnored) {
    this.name = name;
    this.columns = columns;
    require(name, data, columns.id(), "whole numbers", WHOLE::contains);
    require(
        name,
        data,
        columns.embedding(),
        "arrays of float or double. Maybe use vector_to_array for vectors of Spark ML",
        EmbeddingTable::isVector);
    require(name, data, columns.label(), "whole numbers or strings", EmbeddingTable::isKey);
    List<Column> chosen =
        new ArrayList<>(
            List.of(
                column(data, columns.id()).cast(DataTypes.LongType).as("id"),
                column(data, columns.embedding()).as("embedding"),
                key(data, columns.label()).as("label")));
    String source = columns.source();
    if (source != null) {
      require(name, data, source, "whole numbers or strings", EmbeddingTable::isKey);
      chosen.add(key(data, source).as("source"));
    } else {
      chosen.add(functions.lit(null).as("source"));
    }
    String ignored = columns.ignored();
    if (withIgnored && ignored != null) {
      require(
          name,
          data,
          ignored,
          "arrays of long",
          DataTypes.createArrayType(DataTypes.LongType)::sameType);
      chosen.add(column(data, ignored).as("ignored"));
    }
    this.rows = data.select(chosen.toArray(Column[]::new));
  }

  static boolean isWhole(DataType type) {
    return WHOLE.contains(type);
  }

  static boolean isKey(DataType type) {
    return WHOLE.contains(type) || type.equals(DataTypes.StringType);
  }

  static boolean isVector(DataType type) {
    return type instanceof ArrayType array
        && (array.elementType().equals(DataTypes.FloatType)
            || array.elementType().equals(DataTypes.DoubleType));
  }

  /** A column by its name as it stands, dots and all. */
  static Column column(Dataset<Row> data, String name) {
    return data.col("`" + name.replace("`", "``") + "`");
  }

  static Column key(Dataset<Row> data, String column) {
    Column key = column(data, column);
    return WHOLE.contains(data.schema().apply(column).dataType())
        ? key.cast(DataTypes.LongType)
        : key;
  }

  interface TypeCheck {
    boolean accepts(DataType type);
  }

  static void require(
      String name, Dataset<Row> data, String column, String wanted, TypeCheck check) {
    if (!List.of(data.columns()).contains(column)) {
      throw new IllegalArgumentException(
          "%s has no column %s, only %s".formatted(name, column, List.of(data.columns())));
    }
    DataType type = data.schema().apply(column).dataType();
    if (!check.accepts(type)) {
      throw new IllegalArgumentException(
          "column %s of the %s holds %s, must hold %s"
              .formatted(column, name, type.simpleString(), wanted));
    }
  }

  Dataset<Row> rows() {
    return rows;
  }

  EmbeddingColumns columns() {
    return columns;
  }

  /** Refuses ids that occur twice; one job with a shuffle of the ids. */
  void requireDistinctIds() {
    Column id = rows.col("id");
    Dataset<Row> twice =
        rows.groupBy(id)
            .count()
            .filter(functions.col("count").gt(1).or(id.isNull()))
            .orderBy(id)
            .limit(1);
    for (Row row : twice.collectAsList()) {
      throw new IllegalArgumentException(
          row.isNullAt(0)
              ? "the %s has a row without id".formatted(name)
              : "id %d occurs more than once in the %s".formatted(row.getLong(0), name));
    }
  }

  /** What one row says; keys are compared with {@code equals}. */
  record Item(long id, float[] embedding, Object label, @Nullable Object source, long[] ignored)
      implements Serializable {}

  /** Reads rows; travels to the executors. */
  record Reader(String name, boolean withSource) implements Serializable {

    /**
     * Reads one row.
     *
     * @param dimension the number of components it must have, 0 for any
     * @throws IllegalArgumentException with the id of a row that lacks something
     */
    Item read(Row row, int dimension) {
      if (row.isNullAt(0)) {
        throw new IllegalArgumentException("the " + name + " has a row without id");
      }
      long id = row.getLong(0);
      Object label = required(row, 2, "label", id);
      @Nullable Object source = withSource ? required(row, 3, "source", id) : null;
      return new Item(id, vector(row, id, dimension), label, source, ignored(row));
    }

    private Object required(Row row, int column, String what, long id) {
      if (row.isNullAt(column)) {
        throw new IllegalArgumentException("%s: %s is null".formatted(at(id), what));
      }
      return row.get(column);
    }

    private String at(long id) {
      return name + ", id " + id;
    }

    private float[] vector(Row row, long id, int dimension) {
      required(row, 1, "embedding", id);
      List<Number> components = row.getList(1);
      float[] vector = new float[components.size()];
      if (vector.length == 0 || (dimension > 0 && vector.length != dimension)) {
        throw new IllegalArgumentException(
            "%s: embedding has %d components, must have %s"
                .formatted(at(id), vector.length, dimension > 0 ? dimension : "at least 1"));
      }
      int k = 0;
      for (Number component : components) {
        if (component == null || !Float.isFinite(component.floatValue())) {
          throw new IllegalArgumentException(
              "%s: component %d = %s, must be finite".formatted(at(id), k, component));
        }
        vector[k++] = component.floatValue();
      }
      return vector;
    }

    private static long[] ignored(Row row) {
      if (row.length() < 5 || row.isNullAt(4)) {
        return new long[0];
      }
      List<Long> ids = row.getList(4);
      return ids.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    }
  }

  Reader reader() {
    return new Reader(name, columns.source() != null);
  }
}
