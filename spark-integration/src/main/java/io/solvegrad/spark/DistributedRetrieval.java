package io.solvegrad.spark;

import io.solvegrad.evaluation.retrieval.GalleryShard;
import io.solvegrad.evaluation.retrieval.NearestItems;
import io.solvegrad.evaluation.retrieval.QueryBlock;
import io.solvegrad.evaluation.retrieval.RelevantCandidates;
import io.solvegrad.evaluation.retrieval.ResultBuilder;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.evaluation.retrieval.TiePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Exact retrieval metrics and neighbours over a partitioned gallery.
 *
 * <p>The gallery is packed once into shards, which stay on their executors (in memory, on disk
 * where that is short). Blocks of queries are broadcast; each takes one job for neighbours and two
 * for metrics: the similarities of the relevant candidates, then the counts of irrelevant ones
 * ahead of each, see {@link GalleryShard}. Results have the same bits as those of {@link
 * io.solvegrad.evaluation.retrieval.RetrievalEvaluator} over the rows in ascending order of ids,
 * whatever the number of partitions and executors, and after executors were lost.
 *
 * <p>Cost: 2 x queries x gallery x dimension operations, spread over the executors' cores; 4 x
 * queries x dimension bytes to every executor, and 16 bytes for each pair of a query and a relevant
 * candidate. On the driver: one block of queries, and a few numbers for each query.
 *
 * @param similarity how near two embeddings are
 * @param ties who stands first among equally similar candidates
 * @param columns the names of the columns
 * @param galleryHoldsQueries whether a query must not find the gallery item with its own id
 * @param blockSize how many queries are broadcast at a time, at least 1
 */
public record DistributedRetrieval(
    Similarity similarity,
    TiePolicy ties,
    EmbeddingColumns columns,
    boolean galleryHoldsQueries,
    int blockSize) {
  private static final int BLOCK = 2048;

  /**
   * Checks the size of blocks.
   *
   * @throws IllegalArgumentException if blockSize is below 1
   */
  public DistributedRetrieval {
    if (blockSize < 1) {
      throw new IllegalArgumentException("blockSize = " + blockSize + ", must be at least 1");
    }
  }

  /**
   * Standard columns, lower id first among equals, queries that are not in the gallery.
   *
   * @param similarity how near two embeddings are
   */
  public DistributedRetrieval(Similarity similarity) {
    this(similarity, TiePolicy.INDEX, EmbeddingColumns.standard(), false, BLOCK);
  }

  /**
   * The same for a gallery that holds the queries under their ids: none finds itself.
   *
   * @return a new evaluator
   */
  public DistributedRetrieval excludingSelf() {
    return new DistributedRetrieval(similarity, ties, columns, true, blockSize);
  }

  /**
   * Evaluates all queries.
   *
   * @param queries rows of embeddings
   * @param gallery rows of embeddings
   * @param metrics what to compute
   * @return averages, and a row for each query
   * @throws IllegalArgumentException before any job if a column is missing or has another type;
   *     then if ids occur twice, there are no queries, the gallery is empty, or the labels of the
   *     two are of different types, or a row has a null, a component that is not finite or another
   *     dimension, naming its id
   */
  public DistributedResult evaluate(
      Dataset<Row> queries, Dataset<Row> gallery, List<RetrievalMetric> metrics) {
    List<RetrievalMetric> chosen = List.copyOf(metrics);
    return FailedRow.unwrap(() -> evaluateBlocks(queries, gallery, chosen));
  }

  private DistributedResult evaluateBlocks(
      Dataset<Row> queries, Dataset<Row> gallery, List<RetrievalMetric> chosen) {
    try (ShardedGallery shards = open(queries, gallery)) {
      ResultBuilder result = new ResultBuilder(shards.queries().classes(), chosen);
      List<Row> rows = new ArrayList<>();
      shards.forEachBlock(
          blockSize,
          (ids, block) -> {
            List<int[]> ranks = ranks(shards, block);
            for (int q = 0; q < ids.length; q++) {
              rows.add(row(ids[q], chosen.size(), result.addRanks(ranks.get(q))));
            }
          });
      RetrievalResult summary = result.result();
      Dataset<Row> perQuery = queries.sparkSession().createDataFrame(rows, schema(chosen));
      return new DistributedResult(summary, shards.queries().labels(), perQuery);
    }
  }

  /**
   * The nearest candidates of all queries: the k nearest of each shard, merged.
   *
   * @param queries rows of embeddings
   * @param gallery rows of embeddings
   * @param k how many neighbours of each query, at least 1
   * @return rows {@code query: long, rank: int, item: long, similarity: float}, by query and rank
   * @throws IllegalArgumentException as {@link #evaluate}, and if k is below 1
   */
  public Dataset<Row> neighbors(Dataset<Row> queries, Dataset<Row> gallery, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k = " + k + ", must be at least 1");
    }
    List<Row> rows = FailedRow.unwrap(() -> neighborRows(queries, gallery, k));
    StructType schema =
        new StructType()
            .add("query", DataTypes.LongType, false)
            .add("rank", DataTypes.IntegerType, false)
            .add("item", DataTypes.LongType, false)
            .add("similarity", DataTypes.FloatType, false);
    return queries.sparkSession().createDataFrame(rows, schema);
  }

  private List<Row> neighborRows(Dataset<Row> queries, Dataset<Row> gallery, int k) {
    List<Row> rows = new ArrayList<>();
    try (ShardedGallery shards = open(queries, gallery)) {
      shards.forEachBlock(
          blockSize,
          (ids, block) -> {
            List<List<NearestItems>> parts =
                shards.onShards(block, (shard, queryBlock) -> shard.nearest(queryBlock, k));
            for (int q = 0; q < ids.length; q++) {
              addNeighbors(rows, ids[q], NearestItems.merge(ofQuery(parts, q), k));
            }
          });
    }
    return rows;
  }

  private ShardedGallery open(Dataset<Row> queries, Dataset<Row> gallery) {
    return ShardedGallery.open(
        new EmbeddingTable("queries", queries, columns, true),
        new EmbeddingTable("gallery", gallery, columns, false),
        similarity,
        galleryHoldsQueries);
  }

  private List<int[]> ranks(ShardedGallery shards, QueryBlock block) {
    List<List<RelevantCandidates>> parts = shards.onShards(block, GalleryShard::relevant);
    int queries = block.embeddings().size();
    ArrayList<RelevantCandidates> relevant = new ArrayList<>(queries);
    for (int q = 0; q < queries; q++) {
      relevant.add(RelevantCandidates.merge(ofQuery(parts, q)));
    }
    TiePolicy order = ties;
    List<List<int[]>> counts =
        shards.onShards(
            new ShardedGallery.Round(block, relevant),
            (shard, round) -> shard.ahead(round.block(), round.relevant(), order));
    return IntStream.range(0, queries)
        .mapToObj(q -> GalleryShard.ranks(ofQuery(counts, q)))
        .toList();
  }

  private static <T> List<T> ofQuery(List<List<T>> parts, int query) {
    return parts.stream().map(part -> part.get(query)).toList();
  }

  private static Row row(long id, int metrics, double[] values) {
    Object[] row = new Object[1 + metrics];
    row[0] = id;
    for (int i = 0; i < values.length; i++) {
      row[1 + i] = values[i];
    }
    return RowFactory.create(row);
  }

  private static void addNeighbors(List<Row> rows, long query, NearestItems found) {
    for (int i = 0; i < found.ids().length; i++) {
      rows.add(RowFactory.create(query, i + 1, found.ids()[i], found.similarities()[i]));
    }
  }

  private StructType schema(List<RetrievalMetric> metrics) {
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField(columns.id(), DataTypes.LongType, false));
    for (RetrievalMetric metric : metrics) {
      fields.add(DataTypes.createStructField(metric.name(), DataTypes.DoubleType, true));
    }
    return DataTypes.createStructType(fields);
  }
}
