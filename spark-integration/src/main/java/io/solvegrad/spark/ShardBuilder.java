package io.solvegrad.spark;

import io.solvegrad.evaluation.retrieval.EmbeddingSet;
import io.solvegrad.evaluation.retrieval.GalleryShard;
import io.solvegrad.evaluation.retrieval.Similarity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** Packs the rows of a partition into shards of bounded size. */
record ShardBuilder(
    EmbeddingTable.Reader reader,
    Dictionary labels,
    Dictionary sources,
    Similarity similarity,
    int dimension)
    implements Serializable {

  /** A shard is large enough for the kernel and small enough to be copied when it is packed. */
  private static final int SHARD_FLOATS = 1 << 24;

  private static final int MOST_ITEMS = 1 << 17;

  Iterator<GalleryShard> shards(Iterator<Row> rows) {
    int most = Math.max(1, Math.min(MOST_ITEMS, SHARD_FLOATS / dimension));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public GalleryShard next() {
        List<EmbeddingTable.Item> items = new ArrayList<>();
        while (rows.hasNext() && items.size() < most) {
          items.add(reader.read(rows.next(), dimension));
        }
        items.sort(Comparator.comparingLong(EmbeddingTable.Item::id));
        long[] ids = ids(items);
        DistinctIds.require(reader.name(), ids);
        return new GalleryShard(ids, set(items), similarity);
      }
    };
  }

  static long[] ids(List<EmbeddingTable.Item> items) {
    return items.stream().mapToLong(EmbeddingTable.Item::id).toArray();
  }

  EmbeddingSet set(List<EmbeddingTable.Item> items) {
    float[] values = new float[Math.multiplyExact(items.size(), dimension)];
    int[] classes = new int[items.size()];
    int[] sourceIds = new int[items.size()];
    for (int i = 0; i < items.size(); i++) {
      EmbeddingTable.Item item = items.get(i);
      System.arraycopy(item.embedding(), 0, values, i * dimension, dimension);
      classes[i] = labels.number(item.label());
      sourceIds[i] = sources.number(item.source());
    }
    return reader.withSource()
        ? new EmbeddingSet(values, dimension, classes, sourceIds)
        : new EmbeddingSet(values, dimension, classes);
  }
}
