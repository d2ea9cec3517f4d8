package io.solvegrad.spark;

import io.solvegrad.ejml.EmbeddingHead;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows through a head, as {@link DistributedRetrieval} reads them.
 *
 * @param head the embedding. Not modified; it must not be trained while rows are read.
 * @param columns the names of the columns, before and after
 */
public record HeadTransformer(EmbeddingHead head, EmbeddingColumns columns) {

  /**
   * Embeds rows, one product a row; lazy, as Spark's transformations are.
   *
   * @param rows with id, features in the column of embeddings, and label
   * @return rows of id, embedding, label, and source if columns name one; the embeddings have
   *     length 1
   * @throws IllegalArgumentException if a column is missing or has another type. A row that cannot
   *     be read fails its job with a message that names its id.
   */
  public Dataset<Row> transform(Dataset<Row> rows) {
    EmbeddingTable table = new EmbeddingTable("features", rows, columns, false);
    FMatrixRMaj weights = head.weights();
    Broadcast<float[]> sent =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext())
            .broadcast(weights.data.clone());
    Embedder embedder = new Embedder(table.reader(), sent, weights.numRows, weights.numCols);
    return rows.sparkSession()
        .createDataFrame(table.rows().javaRDD().mapPartitions(embedder::embed), schema(table));
  }

  private record Embedder(
      EmbeddingTable.Reader reader, Broadcast<float[]> weights, int inputs, int outputs)
      implements java.io.Serializable {

    Iterator<Row> embed(Iterator<Row> rows) {
      EmbeddingHead head =
          new EmbeddingHead(FMatrixRMaj.wrap(inputs, outputs, weights.value().clone()));
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return rows.hasNext();
        }

        @Override
        public Row next() {
          EmbeddingTable.Item item = reader.read(rows.next(), inputs);
          float[] embedding = head.embed(item.embedding());
          return reader.withSource()
              ? RowFactory.create(item.id(), embedding, item.label(), item.source())
              : RowFactory.create(item.id(), embedding, item.label());
        }
      };
    }
  }

  private StructType schema(EmbeddingTable table) {
    StructField[] former = table.rows().schema().fields();
    @Nullable String source = columns.source();
    StructType schema =
        new StructType()
            .add(columns.id(), DataTypes.LongType)
            .add(columns.embedding(), DataTypes.createArrayType(DataTypes.FloatType, false))
            .add(columns.label(), former[2].dataType());
    return source == null ? schema : schema.add(source, former[3].dataType());
  }
}
