package io.solvegrad.ranking;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The scratch of one thread that evaluates the mean of a metric over all orders of tied candidates.
 * Candidates with equal scores are a block; a target of it is equally likely at each of its places,
 * and the number of other targets of the block ahead of it is hypergeometric.
 */
final class AveragedPass implements Ranks, Ranker.Pass<Ranks> {
  private final StableOrder byScore = new StableOrder();
  private double[] scores = {};
  private int[] targetAt = {};
  private CandidateList list = new CandidateList();

  // Of each target its block; of each block with a target what stands ahead of it and in it.
  private int[] blockOf = {};
  private int[] ahead = {};
  private int[] tied = {};
  private int[] targetsAhead = {};
  private int[] targetsTied = {};
  private int blocks;

  // The mean of the last position function or term over the places of each block; NaN: not yet.
  private double[] means = {};
  private @Nullable Object meansOf;
  private int meansCutoff;
  private double[] chances = {};

  @Override
  public Ranks forward(CandidateList current) {
    list = current;
    int n = list.candidates();
    int targets = list.count();
    ensure(n, targets);
    meansOf = null;
    list.copyScores(scores);
    Arrays.fill(targetAt, 0, n, -1);
    for (int k = 0; k < targets; k++) {
      targetAt[list.positions()[k]] = k;
    }
    int[] order = byScore.descending(scores, n);
    blocks = 0;
    int passed = 0;
    for (int begin = 0; begin < n; ) {
      int end = begin;
      int inBlock = 0;
      for (; end < n && scores[order[end]] == scores[order[begin]]; end++) {
        int k = targetAt[order[end]];
        if (k >= 0) {
          blockOf[k] = blocks;
          inBlock++;
        }
      }
      if (inBlock > 0) {
        ahead[blocks] = begin;
        tied[blocks] = end - begin;
        targetsAhead[blocks] = passed;
        targetsTied[blocks++] = inBlock;
        passed += inBlock;
      }
      begin = end;
    }
    return this;
  }

  private void ensure(int n, int targets) {
    if (scores.length < n) {
      scores = new double[Math.max(n, 2 * scores.length)];
      targetAt = new int[scores.length];
    }
    if (blockOf.length < targets) {
      int capacity = Math.max(targets, 2 * blockOf.length);
      blockOf = new int[capacity];
      ahead = new int[capacity];
      tied = new int[capacity];
      targetsAhead = new int[capacity];
      targetsTied = new int[capacity];
      means = new double[capacity];
      chances = new double[capacity + 1];
    }
  }

  private boolean isRetrieved(int k) {
    return list.targetScores()[k] > Double.NEGATIVE_INFINITY;
  }

  @Override
  public int retrieved(int candidates) {
    return list.countRetrieved();
  }

  private void meansOf(Object function, int cutoff) {
    if (!function.equals(meansOf) || meansCutoff != cutoff) {
      meansOf = function;
      meansCutoff = cutoff;
      Arrays.fill(means, 0, blocks, Double.NaN);
    }
  }

  @Override
  public double value(PositionFunction position, int k, double upstream) {
    if (!isRetrieved(k)) {
      return 0;
    }
    meansOf(position, position.cutoff());
    int block = blockOf[k];
    if (Double.isNaN(means[block])) {
      double sum = 0;
      for (int place = 1; place <= tied[block]; place++) {
        sum += position.at(ahead[block] + place);
      }
      means[block] = sum / tied[block];
    }
    return means[block];
  }

  @Override
  public double term(RankTerm term, int cutoff, int k, double upstream) {
    int block = blockOf[k];
    if (!isRetrieved(k)) {
      double among = targetsAhead[block] + 1;
      return cutoff == Integer.MAX_VALUE ? term.at(Double.POSITIVE_INFINITY, among) : 0;
    }
    meansOf(term, cutoff);
    if (Double.isNaN(means[block])) {
      means[block] = mean(term, cutoff, block);
    }
    return means[block];
  }

  /** The mean of a term over the places of a block and over what stands ahead in it. */
  private double mean(RankTerm term, int cutoff, int block) {
    int others = tied[block] - 1;
    int otherTargets = targetsTied[block] - 1;
    // chances[j]: that j of the other targets are among those placed so far.
    Arrays.fill(chances, 0, otherTargets + 1, 0);
    chances[0] = 1;
    double sum = 0;
    for (int placed = 0; placed <= others; placed++) {
      double rank = ahead[block] + placed + 1;
      if (rank > cutoff) {
        break;
      }
      for (int j = 0; j <= Math.min(placed, otherTargets); j++) {
        if (chances[j] > 0) {
          sum += chances[j] * term.at(rank, targetsAhead[block] + j + 1);
        }
      }
      for (int j = Math.min(placed + 1, otherTargets); placed < others && j >= 0; j--) {
        double left = others - placed;
        double stays = chances[j] * (1 - (otherTargets - j) / left);
        double rises = j == 0 ? 0 : chances[j - 1] * (otherTargets - j + 1) / left;
        chances[j] = stays + rises;
      }
    }
    return sum / tied[block];
  }

  @Override
  public double best(PositionFunction position, int count, double upstream) {
    int first = 0;
    for (int k = 1; k < count; k++) {
      first = blockOf[k] < blockOf[first] ? k : first;
    }
    if (!isRetrieved(first)) {
      return 0;
    }
    int block = blockOf[first];
    double none = 1;
    double mean = 0;
    for (int placed = 0; none > 0 && placed < tied[block]; placed++) {
      double here = Math.min(1, (double) targetsTied[block] / (tied[block] - placed));
      mean += none * here * position.at(ahead[block] + placed + 1);
      none *= 1 - here;
    }
    return mean;
  }

  @Override
  public double meanRank(int k) {
    return ahead[blockOf[k]] + (tied[blockOf[k]] + 1) / 2.0;
  }

  @Override
  public double meanAmong(int k) {
    return targetsAhead[blockOf[k]] + (targetsTied[blockOf[k]] + 1) / 2.0;
  }

  @Override
  public double rank(int k) {
    throw noSingleRank();
  }

  @Override
  public double among(int k) {
    throw noSingleRank();
  }

  private static UnsupportedOperationException noSingleRank() {
    return new UnsupportedOperationException(
        "the metric asks for a rank, which tied candidates do not have. Maybe write it as a term of"
            + " the ranks.");
  }

  @Override
  public void pushRank(int k, double upstream) {}

  @Override
  public void pushAmong(int k, double upstream) {}

  @Override
  public void backward(CandidateList current, Diagnostics diagnostics) {
    throw ExactPass.noGradient();
  }
}
