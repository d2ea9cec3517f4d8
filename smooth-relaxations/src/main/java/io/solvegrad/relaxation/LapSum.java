package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.SmoothFunction;
import java.util.Arrays;
import java.util.Objects;

/**
 * Soft ranks and soft top-k in O(n log n): the pairwise soft rank with the Laplace step in place of
 * the sigmoid, rank_i = 1 + the sum over the others of F((s_j - s_i) / scale).
 *
 * <p>A cut-off at k becomes F((s_i - b) / scale) with b such that the memberships of all candidates
 * sum to k exactly; its derivative goes through b. SmoothAP and ApproxNDCG with this ranker cost
 * O(n log n) a list. O(n) memory.
 *
 * <p>Source: Struski et al., ICML 2025, arXiv:2503.06242.
 *
 * @param scale positive, in units of the score
 */
public record LapSum(double scale) implements Ranker<Ranks> {

  /**
   * Checks the scale.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public LapSum {
    Steps.requirePositive("scale", scale);
  }

  @Override
  public Pass<Ranks> newPass() {
    return new Sums(scale);
  }

  /**
   * {@return the soft rank of each score, 1 for the largest as the scale falls}
   *
   * @param scores any numbers, not NaN. Not modified.
   * @throws IllegalArgumentException if a score is NaN, naming its index
   */
  public double[] ranks(double... scores) {
    requireNumbers(scores);
    LaplaceSums sums = new LaplaceSums(scale);
    sums.load(scores, scores.length);
    double[] ranks = new double[scores.length];
    sums.ranks(ranks);
    return ranks;
  }

  /**
   * {@return for each score a soft answer to whether it is among the k largest; the answers add up
   * to k} All ones if there are k scores or fewer.
   *
   * @param k the cut-off, at least 1
   * @param scores any numbers, not NaN. Not modified.
   * @throws IllegalArgumentException if k is less than 1, or a score is NaN, naming its index
   */
  public double[] members(int k, double... scores) {
    requireNumbers(scores);
    if (k < 1) {
      throw new IllegalArgumentException("cut-off k must be at least 1, but is " + k);
    }
    double[] members = new double[scores.length];
    Arrays.fill(members, 1);
    if (k < scores.length) {
      LaplaceSums sums = new LaplaceSums(scale);
      sums.load(scores, scores.length);
      SmoothFunction step = Steps.laplace(scale);
      double threshold = sums.threshold(k);
      Arrays.setAll(members, i -> step.at(scores[i] - threshold));
    }
    return members;
  }

  private static void requireNumbers(double[] scores) {
    Objects.requireNonNull(scores, "scores must not be null");
    Steps.requireNumbers("score", scores, scores.length);
  }

  private static final class Sums extends SoftRanks {
    private final SmoothFunction step;
    private final LaplaceSums all;
    private final LaplaceSums targets;
    private double[] ranks = {};
    private double[] upstream = {};
    private double[] pulled = {};
    private double[] members = {};
    private double[] amongRanks = {};
    private int limit;
    private double threshold;
    private double[] cutUpstream = {};
    private boolean cut;

    Sums(double scale) {
      // The threshold stands in scores, not in ranks, so the base class's is not asked.
      super(SoftCutoff.fixed(1));
      step = Steps.laplace(scale);
      all = new LaplaceSums(scale);
      targets = new LaplaceSums(scale);
    }

    @Override
    void rank(CandidateList list) {
      int n = list.candidates();
      int m = list.count();
      if (ranks.length < n) {
        int capacity = Math.max(n, 2 * ranks.length);
        ranks = new double[capacity];
        upstream = new double[capacity];
        pulled = new double[capacity];
        members = new double[capacity];
        amongRanks = new double[capacity];
        cutUpstream = new double[capacity];
      }
      all.load(scores, n);
      all.ranks(ranks);
      for (int k = 0; k < m; k++) {
        members[k] = scores[list.positions()[k]];
      }
      targets.load(members, m);
      targets.ranks(amongRanks);
      for (int k = 0; k < m; k++) {
        set(k, ranks[list.positions()[k]], amongRanks[k]);
      }
      Arrays.fill(cutUpstream, 0, n, 0);
      limit = 0;
      cut = false;
    }

    @Override
    double rankOf(int candidate) {
      return ranks[candidate];
    }

    @Override
    double cut(int k, int target, double up) {
      if (limit != k) {
        if (cut) {
          throw new IllegalStateException(
              "one cut-off a metric, not both %d and %d".formatted(limit, k));
        }
        limit = k;
        threshold = all.threshold(k);
      }
      cut |= up != 0;
      cutUpstream[target] += up;
      return step.at(members[target] - threshold);
    }

    @Override
    void pull(CandidateList list) {
      int n = list.candidates();
      int m = list.count();
      Arrays.fill(upstream, 0, n, 0);
      for (int k = 0; k < m; k++) {
        upstream[list.positions()[k]] = rankUpstream(k);
      }
      all.pull(upstream, gradient);
      Arrays.fill(pulled, 0, m, 0);
      for (int k = 0; k < m; k++) {
        upstream[k] = amongUpstream(k);
      }
      targets.pull(upstream, pulled);
      for (int k = 0; k < m; k++) {
        gradient[list.positions()[k]] += pulled[k];
      }
      if (cut) {
        pullCut(list);
      }
    }

    /** The sum of memberships stays k: db = sum of density ds / sum of density. */
    private void pullCut(CandidateList list) {
      double moved = 0;
      for (int k = 0; k < list.count(); k++) {
        double slope = cutUpstream[k] * step.slope(members[k] - threshold);
        gradient[list.positions()[k]] += slope;
        moved += slope;
      }
      double density = 0;
      for (int i = 0; i < list.candidates(); i++) {
        density += step.slope(scores[i] - threshold);
      }
      if (density > 0) {
        for (int i = 0; i < list.candidates(); i++) {
          gradient[i] -= moved * step.slope(scores[i] - threshold) / density;
        }
      }
    }
  }
}
