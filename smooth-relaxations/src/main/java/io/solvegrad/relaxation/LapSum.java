package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
   * to k} All ones if there are k scores or fewer. Infinite scores come before all others, negative
   * infinity after them; equal infinities share what is left for them equally.
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
      LaplaceCut cut = LaplaceCut.at(k, scores, scores.length, scale, null);
      Arrays.setAll(members, i -> cut.member(scores[i]));
    }
    return members;
  }

  private static void requireNumbers(double[] scores) {
    Objects.requireNonNull(scores, "scores must not be null");
    Steps.requireNumbers("score", scores, scores.length);
  }

  private static final class Sums extends SoftRanks {
    private final double scale;
    private final LaplaceSums all;
    private final LaplaceSums targets;
    private double[] ranks = {};
    private double[] upstream = {};
    private double[] pulled = {};
    private double[] members = {};
    private double[] amongRanks = {};
    private int candidates;
    private int limit;
    private @Nullable LaplaceCut cut;
    private double[] cutUpstream = {};
    private boolean pushed;

    Sums(double scale) {
      // The threshold stands in scores, not in ranks, so the base class's is not asked.
      super(SoftCutoff.fixed(1));
      this.scale = scale;
      all = new LaplaceSums(scale);
      targets = new LaplaceSums(scale);
    }

    @Override
    void rank(CandidateList list) {
      int n = list.candidates();
      int m = list.count();
      candidates = n;
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
      cut = null;
      pushed = false;
    }

    @Override
    double rankOf(int candidate) {
      return ranks[candidate];
    }

    @Override
    double cut(int k, int target, double up) {
      LaplaceCut at = cut;
      if (at == null || limit != k) {
        if (pushed) {
          throw new IllegalStateException(
              "one cut-off a metric, not both %d and %d".formatted(limit, k));
        }
        limit = k;
        at = LaplaceCut.at(k, scores, candidates, scale, all);
        cut = at;
      }
      pushed |= up != 0;
      cutUpstream[target] += up;
      return at.member(members[target]);
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
      if (cut != null && pushed) {
        pullCut(list, cut);
      }
    }

    /** The sum of memberships stays k: db = sum of density ds / sum of density. */
    private void pullCut(CandidateList list, LaplaceCut at) {
      double moved = 0;
      for (int k = 0; k < list.count(); k++) {
        double slope = cutUpstream[k] * at.slope(members[k]);
        gradient[list.positions()[k]] += slope;
        moved += slope;
      }
      double density = 0;
      for (int i = 0; i < list.candidates(); i++) {
        density += at.slope(scores[i]);
      }
      if (density > 0) {
        for (int i = 0; i < list.candidates(); i++) {
          gradient[i] -= moved * at.slope(scores[i]) / density;
        }
      }
    }
  }
}
