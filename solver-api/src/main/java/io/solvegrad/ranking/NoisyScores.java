package io.solvegrad.ranking;

import io.solvegrad.ranking.PerturbedLoss.Noise;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A batch on scores of its own, which are those of another one and random numbers. The k-th valid
 * candidate of the batch, list by list, gets the k-th number drawn, so padding and exclusions
 * change nothing for the others.
 */
final class NoisyScores {
  private final NoiseStream stream = new NoiseStream(RankKernels.noise());
  private final AtomicBoolean taken = new AtomicBoolean();
  private @Nullable ScoreArray room;
  private @Nullable RankingBatch source;
  private @Nullable RankingBatch view;
  private float[] numbers = {};
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

  /** The batch on other scores; what they are is undefined until they are filled. */
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
    return kept;
  }

  /** The batch with noise, times a scale, on the score of every valid candidate. */
  RankingBatch withNoise(RankingBatch batch, Noise noise, double scale, SplittableRandom random) {
    RankingBatch noisy = view(batch);
    stream.begin(noise, random.nextLong());
    Layout layout = batch.layout();
    boolean floats =
        batch.scores() instanceof ScoreArray.Floats && noisy.scores() instanceof ScoreArray.Floats;
    // So that no noise is infinite: added to an infinite score it could give NaN.
    double largest = (floats ? Float.MAX_VALUE : Double.MAX_VALUE) / ScalarNoise.BOUND;
    double finite = Math.min(scale, largest);
    for (int q = 0; q < layout.lists(); q++) {
      int skipped = readExcluded(batch, q);
      if (skipped == 0
          && layout.isContiguous()
          && batch.scores() instanceof ScoreArray.Floats from
          && noisy.scores() instanceof ScoreArray.Floats to) {
        int start = layout.start(q);
        int end = start + layout.length(q);
        stream.add((float) finite, from.values(), to.values(), start, end);
      } else {
        addOneByOne(batch, noisy.scores(), q, skipped, floats ? (float) finite : finite);
      }
    }
    return noisy;
  }

  private void addOneByOne(RankingBatch batch, ScoreArray to, int q, int skipped, double scale) {
    Layout layout = batch.layout();
    ScoreArray from = batch.scores();
    int length = layout.length(q);
    if (numbers.length < length) {
      numbers = new float[Math.max(length, 2 * numbers.length)];
    }
    stream.next(numbers, length - skipped);
    int next = 0;
    for (int p = 0; p < length; p++) {
      int index = layout.index(q, p);
      double score = from.get(index);
      if (next < skipped && excluded[next] == p) {
        next++;
        to.set(index, score);
      } else if (from instanceof ScoreArray.Floats) {
        // Rounded once, as kernels do.
        to.set(index, Math.fma((float) scale, numbers[p - next], (float) score));
      } else {
        to.set(index, score + scale * numbers[p - next]);
      }
    }
  }

  /**
   * The batch with a margin of its own for every valid candidate: |z| x margin / 2 less where it is
   * relevant, more where it is not.
   */
  RankingBatch withMargins(RankingBatch batch, double margin, SplittableRandom random) {
    RankingBatch noisy = view(batch);
    Layout layout = batch.layout();
    ScoreArray from = batch.scores();
    ScoreArray to = noisy.scores();
    stream.begin(Noise.GAUSSIAN, random.nextLong());
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
          to.set(layout.index(q, p), from.get(layout.index(q, p)));
          continue;
        }
        int index = layout.index(q, p);
        double shift = margin / 2 * Math.abs(stream.next());
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
