package io.solvegrad.spark;

import io.solvegrad.boosting.RankingRows;
import io.solvegrad.boosting.ToyRanking;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Queries with features of so few values that every split is a candidate. */
record Ranking(RankingRows rows) {
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("group", DataTypes.LongType)
          .add("label", DataTypes.DoubleType)
          .add("features", DataTypes.createArrayType(DataTypes.FloatType));

  static Ranking random(int queries, int size, long seed) {
    RankingRows rows = ToyRanking.rows(queries, size, seed);
    for (int i = 0; i < rows.features().length; i++) {
      rows.features()[i] = Math.round(64 * rows.features()[i]) / 64f;
    }
    // Nobody finds anything in the first queries.
    for (int i = 0; i < 3 * size; i++) {
      rows.labels()[i] = 0;
    }
    return new Ranking(rows);
  }

  List<Row> list() {
    List<Row> list = new ArrayList<>();
    int row = 0;
    for (int q = 0; q < rows.groups().length; q++) {
      for (int i = 0; i < rows.groups()[q]; i++, row++) {
        List<Float> features = new ArrayList<>();
        for (int c = 0; c < rows.columns(); c++) {
          features.add(rows.features()[row * rows.columns() + c]);
        }
        list.add(
            RowFactory.create(
                (long) row, 5_000_000_000L * q, (double) rows.labels()[row], features));
      }
    }
    return list;
  }

  /** The rows in a shuffled order, in some partitions. */
  Dataset<Row> frame(SparkSession session, int partitions, long seed) {
    List<Row> list = list();
    Collections.shuffle(list, new Random(seed));
    return session.createDataFrame(list, SCHEMA).repartition(partitions);
  }
}
