package io.solvegrad.spark;

import io.solvegrad.evaluation.retrieval.EmbeddingSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Random embeddings of few distinct values, so that many are equally similar. */
public record Embeddings(long[] ids, EmbeddingSet set) {
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("embedding", DataTypes.createArrayType(DataTypes.FloatType))
          .add("label", DataTypes.LongType)
          .add("camera", DataTypes.StringType);

  /** Items with ids first, first + 3, ...; few steps of the components make ties. */
  public static Embeddings random(
      int size, int dimension, int classes, int steps, long first, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          steps == 0 ? (float) random.nextGaussian() : random.nextInt(2 * steps + 1) - steps;
    }
    return new Embeddings(
        IntStream.range(0, size).mapToLong(i -> first + 3L * i).toArray(),
        new EmbeddingSet(
            values,
            dimension,
            random.ints(size, 0, classes).toArray(),
            random.ints(size, 0, 4).toArray()));
  }

  public EmbeddingSet withoutSources() {
    return new EmbeddingSet(set.values(), set.dimension(), set.classes());
  }

  /** The rows in a shuffled order, in some partitions. */
  public Dataset<Row> frame(SparkSession session, int partitions, long seed) {
    List<Row> rows = rows();
    Collections.shuffle(rows, new Random(seed));
    return session.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      List<Float> embedding = new ArrayList<>();
      for (int k = 0; k < set.dimension(); k++) {
        embedding.add(set.values()[i * set.dimension() + k]);
      }
      rows.add(
          RowFactory.create(
              ids[i], embedding, (long) set.classes()[i], "camera" + set.sources()[i]));
    }
    return rows;
  }
}
