package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.ScoreArray;
import java.util.Objects;

/**
 * Soft ranks by pairwise comparison: rank_i = 1 + the sum over the other candidates j of
 * sigmoid((s_j - s_i) / temperature).
 *
 * <p>With {@link io.solvegrad.ranking.AveragePrecision} this is Smooth-AP (Brown, Xie, Kalogeiton,
 * Zisserman, ECCV 2020, arXiv:2007.12163); with NDCG it is ApproxNDCG (Qin, Liu, Li, 2010,
 * doi:10.1007/s10791-009-9124-x). At temperature 1 it is the expected rank under the Plackett-Luce
 * model with these scores, because that model puts j before i with probability sigmoid(s_j - s_i).
 * As the temperature falls, the ranks become exact and the gradients vanish.
 *
 * <p>O(candidates x relevant candidates) time with one division and no exponential a pair, which
 * the JIT compiler vectorises; O(candidates) memory. Float scores are compared in float, sums are
 * kept in double.
 *
 * @param temperature positive, in units of the score; 0.01 is usual for cosines, 0.1 to 1 for
 *     scores of a ranking model
 * @param cutoff what stands for a cut-off
 */
public record PairwiseSigmoid(double temperature, SoftCutoff cutoff) implements Ranker<Ranks> {

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public PairwiseSigmoid {
    Objects.requireNonNull(cutoff, "cutoff must not be null");
    Steps.requirePositive("temperature", temperature);
  }

  /**
   * Soft ranks with a soft cut-off of temperature 1 halfway between k and k + 1.
   *
   * @param temperature positive, in units of the score
   */
  public PairwiseSigmoid(double temperature) {
    this(temperature, SoftCutoff.fixed(1));
  }

  /**
   * {@return soft ranks whose cut-off is Rax's: the same sigmoid, halfway between two soft ranks}
   *
   * @param temperature positive, in units of the score
   */
  public static PairwiseSigmoid withMidpointCutoff(double temperature) {
    return new PairwiseSigmoid(temperature, SoftCutoff.midpoint(Steps.sigmoid(temperature)));
  }

  @Override
  public Pass<Ranks> newPass() {
    return new Sums(temperature, cutoff);
  }

  /** Targets and other candidates are kept apart: only targets are ranked. */
  private static final class Sums extends SoftRanks {
    private final double temperature;
    private final SigmoidSums sums = new SigmoidSums();
    private int candidates;
    private double[] targets = {};
    private double[] others = {};
    private double[] among = {};
    private double[] rank = {};
    private double[] amongSlope = {};
    private double[] rankSlope = {};
    private double[] upstream = {};
    private double[] pulled = {};

    Sums(double temperature, SoftCutoff cutoff) {
      super(cutoff);
      this.temperature = temperature;
    }

    private void reserve(int n, int m) {
      if (pulled.length < n) {
        others = new double[Math.max(n, 2 * others.length)];
        pulled = new double[others.length];
      }
      if (targets.length < m) {
        int capacity = Math.max(m, 2 * targets.length);
        targets = new double[capacity];
        among = new double[capacity];
        rank = new double[capacity];
        amongSlope = new double[capacity];
        rankSlope = new double[capacity];
        upstream = new double[capacity];
      }
    }

    @Override
    void rank(CandidateList list) {
      candidates = list.candidates();
      int m = list.count();
      reserve(candidates, m);
      sums.prepare(scores, candidates, temperature, list.scores() instanceof ScoreArray.Floats);
      split(list);
      sums.load(targets, m, others, candidates - m);
      sums.among(among, amongSlope);
      sums.behind(rank, rankSlope);
      for (int k = 0; k < m; k++) {
        // The pair of a target with itself counts one half.
        set(k, 0.5 + among[k] + rank[k], 0.5 + among[k]);
      }
    }

    private void split(CandidateList list) {
      int m = list.count();
      int written = 0;
      for (int j = 0, k = 0; j < candidates; j++) {
        if (k < m && list.positions()[k] == j) {
          targets[k++] = scores[j];
        } else {
          others[written++] = scores[j];
        }
      }
    }

    @Override
    double rankOf(int candidate) {
      double rank = 0.5;
      for (int j = 0; j < candidates; j++) {
        rank += Steps.logistic(Steps.difference(scores[j], scores[candidate]) / temperature);
      }
      return rank;
    }

    @Override
    void pull(CandidateList list) {
      int m = list.count();
      for (int k = 0; k < m; k++) {
        upstream[k] = rankUpstream(k);
      }
      sums.pullOthers(upstream, pulled);
      for (int j = 0, k = 0, o = 0; j < candidates; j++) {
        if (k < m && list.positions()[k] == j) {
          gradient[j] -= upstream[k] * rankSlope[k++] / temperature;
        } else {
          gradient[j] += pulled[o++] / temperature;
        }
      }
      for (int k = 0; k < m; k++) {
        upstream[k] += amongUpstream(k);
      }
      sums.pullTargets(upstream, pulled);
      for (int k = 0; k < m; k++) {
        gradient[list.positions()[k]] += (pulled[k] - upstream[k] * amongSlope[k]) / temperature;
      }
    }
  }
}
