package io.solvegrad.spark;

import io.solvegrad.evaluation.retrieval.GalleryShard;
import io.solvegrad.evaluation.retrieval.QueryBlock;
import io.solvegrad.evaluation.retrieval.RelevantCandidates;
import io.solvegrad.evaluation.retrieval.Similarity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** A gallery packed into shards that stay on the executors, and the queries that search it. */
final class ShardedGallery implements AutoCloseable {
  private final JavaSparkContext context;
  private final JavaRDD<GalleryShard> shards;
  private final Dataset<Row> sortedQueries;
  private final QueryIndex queries;
  private final ShardBuilder packer;
  private final EmbeddingTable.Reader reader;
  private final boolean excludingSelf;

  /** What is done with a block of queries, in ascending order of their ids. */
  interface BlockAction {
    void accept(long[] ids, QueryBlock block);
  }

  /** What an executor does with one shard. */
  interface ShardWork<A, T> extends Serializable {
    List<T> apply(GalleryShard shard, A argument);
  }

  /** The second round of an evaluation. */
  record Round(QueryBlock block, List<RelevantCandidates> relevant) implements Serializable {}

  private ShardedGallery(
      JavaSparkContext context,
      JavaRDD<GalleryShard> shards,
      Dataset<Row> sortedQueries,
      QueryIndex queries,
      ShardBuilder packer,
      EmbeddingTable.Reader reader,
      boolean excludingSelf) {
    this.context = context;
    this.shards = shards;
    this.sortedQueries = sortedQueries;
    this.queries = queries;
    this.packer = packer;
    this.reader = reader;
    this.excludingSelf = excludingSelf;
  }

  static ShardedGallery open(
      EmbeddingTable queries,
      EmbeddingTable gallery,
      Similarity similarity,
      boolean excludingSelf) {
    requireSameKeys(queries, gallery);
    // Read twice: for the index, and block by block.
    Dataset<Row> sorted = queries.rows().orderBy("id").persist(StorageLevel.MEMORY_AND_DISK());
    QueryIndex index;
    try {
      index = QueryIndex.read(queries, sorted);
    } catch (RuntimeException e) {
      sorted.unpersist();
      throw e;
    }
    ShardBuilder packer =
        new ShardBuilder(
            gallery.reader(),
            new Dictionary(index.labels()),
            new Dictionary(index.sources()),
            similarity,
            index.dimension());
    JavaRDD<GalleryShard> shards =
        gallery
            .rows()
            .javaRDD()
            .mapPartitions(packer::shards)
            .persist(StorageLevel.MEMORY_AND_DISK());
    ShardedGallery opened =
        new ShardedGallery(
            JavaSparkContext.fromSparkContext(queries.rows().sparkSession().sparkContext()),
            shards,
            sorted,
            index,
            packer,
            queries.reader(),
            excludingSelf);
    opened.requireItems();
    return opened;
  }

  /** Packs the shards, so that bad rows and ids are found before work starts. */
  private void requireItems() {
    try {
      if (DistinctIds.require("gallery", shards) == 0) {
        throw new IllegalArgumentException("the gallery is empty");
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static void requireSameKeys(EmbeddingTable queries, EmbeddingTable gallery) {
    for (String column : new String[] {"label", "source"}) {
      var ofQueries = queries.rows().schema().apply(column);
      var ofGallery = gallery.rows().schema().apply(column);
      if (!ofQueries.dataType().equals(ofGallery.dataType())) {
        throw new IllegalArgumentException(
            "column %s holds %s in the queries, %s in the gallery"
                .formatted(
                    ofQueries.name(),
                    ofQueries.dataType().simpleString(),
                    ofGallery.dataType().simpleString()));
      }
    }
  }

  QueryIndex queries() {
    return queries;
  }

  void forEachBlock(int size, BlockAction action) {
    Iterator<Row> rows = sortedQueries.toLocalIterator();
    while (rows.hasNext()) {
      List<EmbeddingTable.Item> items = new ArrayList<>();
      while (rows.hasNext() && items.size() < size) {
        items.add(reader.read(rows.next(), packer.dimension()));
      }
      long[] ids = ShardBuilder.ids(items);
      long[][] ignored = items.stream().map(EmbeddingTable.Item::ignored).toArray(long[][]::new);
      QueryBlock block = new QueryBlock(packer.set(items), ignored);
      action.accept(ids, excludingSelf ? block.excludingSelf(ids) : block);
    }
  }

  /** One list from each shard; the order of the shards is that of the partitions. */
  <A, T> List<List<T>> onShards(A argument, ShardWork<A, T> work) {
    Broadcast<A> sent = context.broadcast(argument);
    try {
      return shards.map(shard -> work.apply(shard, sent.value())).collect();
    } finally {
      sent.destroy();
    }
  }

  @Override
  public void close() {
    if (!context.sc().isStopped()) {
      shards.unpersist(false);
      sortedQueries.unpersist();
    }
  }
}
