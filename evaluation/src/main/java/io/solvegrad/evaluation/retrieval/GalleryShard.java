package io.solvegrad.evaluation.retrieval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One part of a gallery that is divided among machines, searched exactly.
 *
 * <p>Metrics of a divided gallery take two rounds. First every shard reports the {@linkplain
 * #relevant relevant candidates} that it holds; {@linkplain RelevantCandidates#merge brought
 * together}, they go back to every shard, which counts how many {@linkplain #ahead irrelevant
 * candidates stand ahead} of each. The sums of these counts give the {@linkplain #ranks ranks}, so
 * the outcome has the same bits as a {@link RetrievalEvaluator} over the gallery in ascending order
 * of ids, however it is divided: similarities add their components in a fixed order, and counts are
 * integers. What travels is proportional to the relevant candidates, not to a number of neighbours.
 *
 * <p>Neighbours take one round: the {@linkplain #nearest nearest of each shard}, {@linkplain
 * NearestItems#merge merged}.
 */
public final class GalleryShard implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int BLOCK = 128;

  /** The ids, ascending. */
  private final long[] ids;

  /** The items as they are compared. */
  private final EmbeddingSet items;

  /** How near two embeddings are. */
  private final Similarity similarity;

  /** The largest magnitude of a component. */
  private final float largest;

  /**
   * A shard.
   *
   * @param ids the id of each item in the whole gallery, strictly ascending; among equally similar
   *     candidates the lower id stands first. Not modified.
   * @param items embeddings, classes and sources. Not modified.
   * @param similarity how near two embeddings are
   * @throws IllegalArgumentException if there are more or fewer ids than items, they do not ascend,
   *     or an embedding is so small that similarities underflow
   */
  public GalleryShard(long[] ids, EmbeddingSet items, Similarity similarity) {
    Objects.requireNonNull(ids, "ids must not be null");
    Objects.requireNonNull(items, "items must not be null");
    Objects.requireNonNull(similarity, "similarity must not be null");
    if (ids.length != items.size()) {
      throw new IllegalArgumentException(
          "ids.length = %d, but there are %d items".formatted(ids.length, items.size()));
    }
    checkAscending("ids", ids);
    this.ids = ids.clone();
    this.items = similarity.prepare(items, item -> "id " + this.ids[item]);
    this.similarity = similarity;
    this.largest = items.largest();
  }

  static void checkAscending(String name, long[] ids) {
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] <= ids[i - 1]) {
        throw new IllegalArgumentException(
            "%s holds %d after %d, must ascend strictly".formatted(name, ids[i], ids[i - 1]));
      }
    }
  }

  /**
   * The number of items.
   *
   * @return how many embeddings this shard holds
   */
  public int size() {
    return ids.length;
  }

  /**
   * The ids of the items.
   *
   * @return a copy, ascending
   */
  public long[] ids() {
    return ids.clone();
  }

  /**
   * The candidates of each query's class in this shard that are not ignored.
   *
   * @param queries the queries
   * @return one entry for each query
   * @throws IllegalArgumentException if dimensions differ, only one side has sources, or
   *     similarities may overflow or underflow
   */
  public List<RelevantCandidates> relevant(QueryBlock queries) {
    Objects.requireNonNull(queries, "queries must not be null");
    RetrievalTask task = task(queries);
    Candidates candidates = new Candidates(task);
    SimilarityScan scan = new SimilarityScan(task.queries(), task.gallery(), similarity);
    return IntStream.range(0, task.queries().size())
        .mapToObj(query -> {
          int[] found = candidates.relevant(query);
          return new RelevantCandidates(
              IntStream.of(found).mapToLong(item -> ids[item]).toArray(),
              scan.listed(query, found));
        })
        .toList();
  }

  /**
   * How many irrelevant candidates of this shard stand ahead of each relevant candidate.
   *
   * @param queries the queries
   * @param relevant for each query the relevant candidates of the whole gallery
   * @param ties who stands first among equally similar candidates
   * @return for each query one count for each relevant candidate, best first
   * @throws IllegalArgumentException as {@link #relevant}, or if there are more or fewer entries
   *     than queries
   */
  public List<int[]> ahead(QueryBlock queries, List<RelevantCandidates> relevant, TiePolicy ties) {
    Objects.requireNonNull(queries, "queries must not be null");
    Objects.requireNonNull(relevant, "relevant must not be null");
    Objects.requireNonNull(ties, "ties must not be null");
    if (relevant.size() != queries.embeddings().size()) {
      throw new IllegalArgumentException(
          "relevant has %d entries for %d queries"
              .formatted(relevant.size(), queries.embeddings().size()));
    }
    RetrievalTask task = task(queries);
    Candidates candidates = new Candidates(task);
    List<RankCounter> counters = new ArrayList<>(relevant.size());
    for (int query = 0; query < relevant.size(); query++) {
      RelevantCandidates of = relevant.get(query);
      counters.add(
          new RankCounter(
              positions(of.ids()), of.similarities(), ties, candidates.ignoredOrRelevantTo(query)));
    }
    scan(task, (query, scores, first, width) -> counters.get(query).count(scores, first, width));
    return counters.stream().map(RankCounter::ahead).toList();
  }

  /**
   * The nearest candidates of each query in this shard.
   *
   * @param queries the queries
   * @param k how many, at least 1
   * @return one list for each query
   * @throws IllegalArgumentException as {@link #relevant}, or if k is below 1
   */
  public List<NearestItems> nearest(QueryBlock queries, int k) {
    Objects.requireNonNull(queries, "queries must not be null");
    if (k < 1) {
      throw new IllegalArgumentException("k = " + k + ", must be at least 1");
    }
    RetrievalTask task = task(queries);
    Candidates candidates = new Candidates(task);
    List<NearestList> lists =
        IntStream.range(0, task.queries().size())
            .mapToObj(query -> new NearestList(Math.min(k, size()), candidates.ignoredBy(query)))
            .toList();
    scan(task, (query, scores, first, width) -> lists.get(query).take(scores, first, width));
    return IntStream.range(0, lists.size())
        .mapToObj(query -> named(lists.get(query).neighbors(query)))
        .toList();
  }

  /**
   * The ranks of one query's relevant candidates in the whole gallery.
   *
   * @param counts what {@link #ahead} gave for this query in each shard. Not modified.
   * @return the ranks, ascending, from 1
   * @throws ArithmeticException if a rank exceeds an int
   */
  public static int[] ranks(List<int[]> counts) {
    Objects.requireNonNull(counts, "counts must not be null");
    int[] sum = new int[counts.isEmpty() ? 0 : counts.getFirst().length];
    for (int[] part : counts) {
      for (int p = 0; p < sum.length; p++) {
        sum[p] = Math.addExact(sum[p], part[p]);
      }
    }
    return RankCounter.ranks(sum);
  }

  private RetrievalTask task(QueryBlock queries) {
    EmbeddingSet embeddings = queries.embeddings();
    similarity.check(embeddings.largest(), largest, items.dimension());
    return new RetrievalTask(
        similarity.prepare(embeddings, query -> "query " + query + " (from 0)"),
        items,
        false,
        queries.ignoredAmong(ids));
  }

  private void scan(RetrievalTask task, SimilarityScan.TileReader reader) {
    SimilarityScan scan = new SimilarityScan(task.queries(), task.gallery(), similarity);
    int queries = task.queries().size();
    for (int first = 0; first < queries; first += BLOCK) {
      int start = first;
      int[] block = IntStream.range(start, Math.min(queries, start + BLOCK)).toArray();
      scan.scan(block, (slot, scores, at, width) -> reader.read(start + slot, scores, at, width));
    }
  }

  /** How many ids of this shard are lower, for each of the given. */
  private int[] positions(long[] others) {
    int[] positions = new int[others.length];
    for (int i = 0; i < others.length; i++) {
      int found = Arrays.binarySearch(ids, others[i]);
      positions[i] = found < 0 ? ~found : found;
    }
    return positions;
  }

  private NearestItems named(Neighbors found) {
    return new NearestItems(
        Arrays.stream(found.items()).mapToLong(item -> ids[item]).toArray(), found.similarities());
  }
}
