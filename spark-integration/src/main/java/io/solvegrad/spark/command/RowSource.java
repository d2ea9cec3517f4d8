package io.solvegrad.spark.command;

import io.solvegrad.evaluation.file.NpyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The rows of a command line: parquet, or two files of NumPy. */
final class RowSource {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("embedding", DataTypes.createArrayType(DataTypes.FloatType))
          .add("label", DataTypes.LongType);

  @Option(
      names = "--rows",
      paramLabel = "PATH",
      description = "Parquet with the columns id, embedding, label.")
  private @Nullable String rows;

  @Option(
      names = "--features",
      paramLabel = "NPY",
      description = "Instead of parquet: a float matrix, one row an item; ids are its row numbers.")
  private @Nullable Path features;

  @Option(names = "--labels", paramLabel = "NPY", description = "Whole numbers, one a row.")
  private @Nullable Path labels;

  RowSource() {}

  /** Checks what was given; before a session starts. */
  void check() {
    boolean arrays = features != null && labels != null;
    boolean halfArrays = (features == null) != (labels == null);
    if (halfArrays || arrays == (rows != null)) {
      throw new IllegalArgumentException("give --rows, or --features and --labels");
    }
  }

  Dataset<Row> read(SparkSession session) throws IOException {
    if (rows != null) {
      return session.read().parquet(rows);
    }
    if (features == null || labels == null) {
      throw new IllegalStateException("check() was not called");
    }
    NpyFile.Matrix matrix = NpyFile.readFloats(features);
    long[] classes = NpyFile.readIntegers(labels);
    if (classes.length != matrix.rows()) {
      throw new IllegalArgumentException(
          "%s has %d rows, %s has %d labels"
              .formatted(features, matrix.rows(), labels, classes.length));
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    return session.createDataFrame(
        context
            .parallelize(IntStream.range(0, classes.length).boxed().toList())
            .map(new Cut(context.broadcast(matrix.values()), context.broadcast(classes))::row),
        SCHEMA);
  }

  private record Cut(Broadcast<float[]> values, Broadcast<long[]> classes)
      implements java.io.Serializable {
    Row row(int number) {
      int columns = values.value().length / classes.value().length;
      return RowFactory.create(
          (long) number,
          Arrays.copyOfRange(values.value(), number * columns, (number + 1) * columns),
          classes.value()[number]);
    }
  }
}
