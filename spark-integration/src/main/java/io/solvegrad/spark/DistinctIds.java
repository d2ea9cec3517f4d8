package io.solvegrad.spark;

import io.solvegrad.evaluation.retrieval.GalleryShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Finds ids that occur twice; between shards by sending each id to where its equals go. */
final class DistinctIds {
  private DistinctIds() {}

  /**
   * Refuses equal neighbours.
   *
   * @param name what the rows are, for the message
   * @param ids ascending
   */
  static void require(String name, long[] ids) {
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] == ids[i - 1]) {
        throw new IllegalArgumentException(
            "id %d occurs more than once in the %s".formatted(ids[i], name));
      }
    }
  }

  /**
   * Refuses ids that occur twice in all shards; one job, 8 bytes an id to shuffle, which also packs
   * the shards.
   *
   * @return how many ids there are
   */
  static long require(String name, JavaRDD<GalleryShard> shards) {
    int parts = shards.getNumPartitions();
    if (parts == 0) {
      return 0;
    }
    return shards
        .mapPartitionsToPair(part -> split(part, parts))
        .partitionBy(new HashPartitioner(parts))
        .values()
        .mapPartitions(part -> List.of(count(name, part)).iterator())
        .fold(0L, Long::sum);
  }

  private static Iterator<Tuple2<Integer, long[]>> split(Iterator<GalleryShard> shards, int parts) {
    List<Tuple2<Integer, long[]>> all = new ArrayList<>();
    while (shards.hasNext()) {
      long[] ids = shards.next().ids();
      int[] sizes = new int[parts];
      for (long id : ids) {
        sizes[Math.floorMod(id, parts)]++;
      }
      long[][] split = new long[parts][];
      Arrays.setAll(split, part -> new long[sizes[part]]);
      for (long id : ids) {
        int part = Math.floorMod(id, parts);
        split[part][--sizes[part]] = id;
      }
      for (int part = 0; part < parts; part++) {
        if (split[part].length > 0) {
          all.add(new Tuple2<>(part, split[part]));
        }
      }
    }
    return all.iterator();
  }

  private static long count(String name, Iterator<long[]> lists) {
    List<long[]> all = new ArrayList<>();
    lists.forEachRemaining(all::add);
    long[] ids = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    require(name, ids);
    return ids.length;
  }
}
