package io.solvegrad.ranking;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A batch with a copy of its scores that can be changed. The k-th valid candidate of the batch,
 * list by list, gets the k-th number drawn, so padding and exclusions change nothing for the
 * others.
 */
final class NoisyScores {
  private static final double LARGEST_NOISE = 16;
  private static final int DRAWS_PER_LONG = Long.SIZE / NoiseTable.BITS;

  /** The position of the next draw in a stream of random bits. */
  private static final class Draws {
    private final SplittableRandom random;
    private final float[] table;
    private long bits;
    private int left;

    Draws(SplittableRandom random, float[] table) {
      this.random = random;
      this.table = table;
    }

    float next() {
      if (left == 0) {
        bits = random.nextLong();
        left = DRAWS_PER_LONG;
      }
      float value = table[(int) bits & (NoiseTable.SIZE - 1)];
      bits >>>= NoiseTable.BITS;
      left--;
      return value;
    }
  }

  private final AtomicBoolean taken = new AtomicBoolean();
  private @Nullable ScoreArray room;
  private @Nullable RankingBatch source;
  private @Nullable RankingBatch view;
  private int[] excluded = {};
  private int[] relevant = {};
  private double[] grades = {};

  /**
   * Begins an evaluation. Two at once would draw from one stream into one copy: their numbers would
   * be wrong and depend on the threads.
   */
  void take() {
    if (!taken.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "two threads evaluate one noisy loss at once. Maybe give each training its own.");
    }
  }

  /** Ends an evaluation. */
  void release() {
    taken.set(false);
  }

  /** The batch on the copy; what the copy holds is undefined until it is filled. */
  private RankingBatch view(RankingBatch batch) {
    RankingBatch kept = view;
    if (kept == null || batch != source) {
      ScoreArray scores = batch.scores();
      if (room == null
          || room.length() != scores.length()
          || room.getClass() != scores.getClass()) {
        room = scores.zeros(scores.length());
      }
      kept = batch.withScores(room);
      view = kept;
      source = batch;
    }
    batch.scores().copyTo(0, kept.scores(), 0, batch.scores().length());
    return kept;
  }

  /** The batch with noise from a table, times a scale, on the score of every valid candidate. */
  RankingBatch withNoise(RankingBatch batch, float[] table, double scale, SplittableRandom random) {
    RankingBatch noisy = view(batch);
    Layout layout = batch.layout();
    ScoreArray from = batch.scores();
    ScoreArray to = noisy.scores();
    Draws draws = new Draws(random, table);
    // So that no noise is infinite: added to an infinite score it could give NaN.
    double finite = Math.min(scale, Double.MAX_VALUE / LARGEST_NOISE);
    for (int q = 0; q < layout.lists(); q++) {
      int skipped = readExcluded(batch, q);
      int length = layout.length(q);
      int next = 0;
      for (int p = 0; p < length; p++) {
        if (next < skipped && excluded[next] == p) {
          next++;
          continue;
        }
        int index = layout.index(q, p);
        to.set(index, from.get(index) + finite * draws.next());
      }
    }
    return noisy;
  }

  /**
   * The batch with a margin of its own for every valid candidate: |noise| x margin / 2 less where
   * it is relevant, more where it is not.
   */
  RankingBatch withMargins(
      RankingBatch batch, float[] table, double margin, SplittableRandom random) {
    RankingBatch noisy = view(batch);
    Layout layout = batch.layout();
    ScoreArray from = batch.scores();
    ScoreArray to = noisy.scores();
    Draws draws = new Draws(random, table);
    for (int q = 0; q < layout.lists(); q++) {
      int skipped = readExcluded(batch, q);
      int found = readRelevant(batch, q);
      int length = layout.length(q);
      int next = 0;
      int target = 0;
      for (int p = 0; p < length; p++) {
        boolean positive = target < found && relevant[target] == p;
        target += positive ? 1 : 0;
        if (next < skipped && excluded[next] == p) {
          next++;
          continue;
        }
        int index = layout.index(q, p);
        double shift = margin / 2 * Math.abs(draws.next());
        to.set(index, from.get(index) + (positive ? -shift : shift));
      }
    }
    return noisy;
  }

  /** The standard deviation of finite valid scores within their lists, 0 if there are none. */
  double spread(RankingBatch batch) {
    Layout layout = batch.layout();
    double squares = 0;
    long count = 0;
    for (int q = 0; q < layout.lists(); q++) {
      int skipped = readExcluded(batch, q);
      double mean = 0;
      double deviation = 0;
      long n = 0;
      int next = 0;
      // Welford: no large squares are subtracted from each other.
      for (int p = 0; p < layout.length(q); p++) {
        if (next < skipped && excluded[next] == p) {
          next++;
          continue;
        }
        double score = batch.scores().get(layout.index(q, p));
        if (Double.isFinite(score)) {
          n++;
          double distance = score - mean;
          mean += distance / n;
          deviation += distance * (score - mean);
        }
      }
      squares += deviation;
      count += n;
    }
    double spread = count == 0 ? 0 : Math.sqrt(squares / count);
    return Double.isFinite(spread) ? spread : Double.MAX_VALUE;
  }

  private int readExcluded(RankingBatch batch, int q) {
    int bound = batch.excluded().bound(q, batch.layout());
    if (excluded.length < bound) {
      excluded = Arrays.copyOf(excluded, Math.max(bound, 2 * excluded.length));
    }
    return batch.excluded().read(q, batch.layout(), excluded);
  }

  private int readRelevant(RankingBatch batch, int q) {
    int bound = batch.relevance().bound(q, batch.layout());
    if (relevant.length < bound) {
      relevant = new int[Math.max(bound, 2 * relevant.length)];
      grades = new double[relevant.length];
    }
    return batch.relevance().read(q, batch.layout(), relevant, grades);
  }
}
