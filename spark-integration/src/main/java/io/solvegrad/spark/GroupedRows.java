package io.solvegrad.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Rows checked and divided among workers, one partition each, without splitting a group: the groups
 * in ascending order, cut where the rows of a worker are about as many as of another, the rows of a
 * group by ascending ids.
 *
 * @param rows columns group (int, unique within a partition), label (double), features (vector)
 */
record GroupedRows(Dataset<Row> rows) {
  private static final StructType SCHEMA =
      new StructType()
          .add("group", DataTypes.IntegerType, false)
          .add("label", DataTypes.DoubleType, false)
          .add("features", SQLDataTypes.VectorType(), false);

  /** A row that was read. */
  private record Item(long id, Object group, double label, double[] features)
      implements Serializable {}

  /** What the driver knows of a group. */
  private record Group(Object key, int rows, boolean relevant) implements Serializable {}

  /**
   * Checks and divides rows; three jobs.
   *
   * @param name what the rows are, for messages
   * @param workers how many partitions
   * @param missing whether a feature may be NaN
   */
  static GroupedRows of(
      String name, Dataset<Row> data, RankerColumns columns, int workers, boolean missing) {
    JavaRDD<Item> items = read(name, data, columns, missing);
    List<Group> groups =
        items
            .mapToPair(item -> new Tuple2<>(item.group, item))
            .mapValues(item -> new Group(item.group, 1, item.label > 0))
            .reduceByKey((a, b) -> new Group(a.key, a.rows + b.rows, a.relevant || b.relevant))
            .values()
            .collect();
    if (groups.size() < workers) {
      throw new IllegalArgumentException(
          "the %s has %d groups for %d workers. Maybe use fewer workers"
              .formatted(name, groups.size(), workers));
    }
    Cuts cuts = Cuts.of(groups, workers);
    JavaPairRDD<Object, Item> divided =
        items.mapToPair(item -> new Tuple2<>(item.group, item)).partitionBy(cuts);
    String what = name;
    JavaRDD<Row> sorted =
        divided.values().mapPartitions(part -> sorted(what, part).iterator(), true);
    if (groups.stream().noneMatch(Group::relevant)) {
      throw new IllegalArgumentException(
          "none of %d groups has a label above 0 in the %s. Maybe the labels were never set"
              .formatted(groups.size(), name));
    }
    return new GroupedRows(data.sparkSession().createDataFrame(sorted, SCHEMA));
  }

  private static JavaRDD<Item> read(
      String name, Dataset<Row> data, RankerColumns columns, boolean missing) {
    EmbeddingTable.require(name, data, columns.id(), "whole numbers", EmbeddingTable::isWhole);
    EmbeddingTable.require(
        name, data, columns.group(), "whole numbers or strings", EmbeddingTable::isKey);
    EmbeddingTable.require(
        name, data, columns.label(), "numbers", type -> type instanceof NumericType);
    EmbeddingTable.require(
        name,
        data,
        columns.features(),
        "arrays of float or double, or vectors",
        GroupedRows::isFeatures);
    Column label = EmbeddingTable.column(data, columns.label()).cast(DataTypes.DoubleType);
    Dataset<Row> chosen =
        data.select(
            EmbeddingTable.column(data, columns.id()).cast(DataTypes.LongType),
            EmbeddingTable.key(data, columns.group()),
            label,
            EmbeddingTable.column(data, columns.features()));
    int length =
        chosen.isEmpty() ? 0 : new Reader(name, 0, true).read(chosen.first()).features.length;
    Reader reader = new Reader(name, length, missing);
    return chosen.javaRDD().map(reader::read);
  }

  private static boolean isFeatures(DataType type) {
    return type.equals(SQLDataTypes.VectorType()) || EmbeddingTable.isVector(type);
  }

  private static List<Row> sorted(String name, Iterator<Item> part) {
    List<Item> items = new ArrayList<>();
    part.forEachRemaining(items::add);
    items.sort(Comparator.comparing(Item::group, Cuts::compare).thenComparingLong(Item::id));
    Set<Long> ids = new HashSet<>();
    List<Row> rows = new ArrayList<>();
    int number = -1;
    Object former = null;
    for (Item item : items) {
      if (!item.group.equals(former)) {
        number++;
        former = item.group;
        ids.clear();
      }
      if (!ids.add(item.id)) {
        throw new IllegalArgumentException(
            "id %d occurs more than once in group %s of the %s"
                .formatted(item.id, item.group, name));
      }
      rows.add(RowFactory.create(number, item.label, Vectors.dense(item.features)));
    }
    return rows;
  }

  /** Reads a row on an executor. */
  private record Reader(String name, int length, boolean missing) implements Serializable {

    Item read(Row row) {
      if (row.isNullAt(0)) {
        throw new IllegalArgumentException("the " + name + " has a row without id");
      }
      long id = row.getLong(0);
      String[] names = {"id", "group", "label", "features"};
      for (int column = 1; column < names.length; column++) {
        if (row.isNullAt(column)) {
          throw wrong(id, names[column] + " is null");
        }
      }
      double label = row.getDouble(2);
      if (!Double.isFinite(label)) {
        throw wrong(id, "label is " + label);
      }
      double[] features = features(id, row.get(3));
      if (features.length == 0 || (length > 0 && features.length != length)) {
        throw wrong(
            id,
            "it has %d features, must have %s"
                .formatted(features.length, length > 0 ? length : "at least 1"));
      }
      for (int i = 0; i < features.length; i++) {
        float feature = (float) features[i];
        if (Float.isInfinite(feature) || (Float.isNaN(feature) && !missing)) {
          throw wrong(
              id,
              "feature %d is %s, must be finite%s"
                  .formatted(
                      i, features[i], Float.isNaN(feature) ? ". Maybe allow missing values" : ""));
        }
      }
      return new Item(id, row.get(1), label, features);
    }

    private double[] features(long id, Object value) {
      if (value instanceof Vector vector) {
        return vector.toArray();
      }
      List<?> list = scala.jdk.javaapi.CollectionConverters.asJava((scala.collection.Seq<?>) value);
      if (list.stream().anyMatch(Objects::isNull)) {
        throw wrong(id, "feature %d is null".formatted(list.indexOf(null)));
      }
      return list.stream().mapToDouble(number -> ((Number) number).doubleValue()).toArray();
    }

    private IllegalArgumentException wrong(long id, String what) {
      return new IllegalArgumentException("%s, id %d: %s".formatted(name, id, what));
    }
  }

  /** Sends groups to workers: the first keys to the first. */
  private static final class Cuts extends Partitioner {
    private static final long serialVersionUID = 1;

    /** The first key of each worker but the first. */
    private final ArrayList<Object> firsts;

    private Cuts(List<Object> firsts) {
      this.firsts = new ArrayList<>(firsts);
    }

    static Cuts of(List<Group> groups, int workers) {
      List<Group> sorted =
          groups.stream().sorted(Comparator.comparing(Group::key, Cuts::compare)).toList();
      long total = sorted.stream().mapToLong(Group::rows).sum();
      List<Object> firsts = new ArrayList<>();
      long before = 0;
      int at = 0;
      for (int w = 1; w < workers; w++) {
        // At least one group each, and one left for every worker that follows.
        do {
          before += sorted.get(at++).rows;
        } while (before * workers < total * w && sorted.size() - at > workers - w);
        firsts.add(sorted.get(at).key);
      }
      return new Cuts(firsts);
    }

    /** Keys are all long or all strings. */
    static int compare(Object a, Object b) {
      return a instanceof Long number
          ? number.compareTo((Long) b)
          : ((String) a).compareTo((String) b);
    }

    @Override
    public int numPartitions() {
      return firsts.size() + 1;
    }

    @Override
    public int getPartition(Object key) {
      int found = Collections.binarySearch(firsts, key, Cuts::compare);
      return found >= 0 ? found + 1 : -found - 1;
    }
  }
}
