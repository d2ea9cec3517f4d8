package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.relaxation.Permutahedron.Regularization;
import java.util.Arrays;
import java.util.Objects;

/**
 * Soft ranks by projection on the permutahedron; all about it at {@link Permutahedron}. The rank
 * among the relevant is the soft rank in the list of relevant candidates alone. O(n log n) time,
 * O(n) memory.
 *
 * @param regularization which distance the projection minimises
 * @param strength positive; has to follow the spacing of the scores
 * @param cutoff what stands for a cut-off
 */
public record SoftRank(Regularization regularization, double strength, SoftCutoff cutoff)
    implements Ranker<Ranks> {

  /**
   * Checks the strength.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public SoftRank {
    Objects.requireNonNull(regularization, "regularization must not be null");
    Objects.requireNonNull(cutoff, "cutoff must not be null");
    Steps.requirePositive("strength", strength);
  }

  /**
   * Euclidean projection with a soft cut-off of temperature 1.
   *
   * @param strength positive
   */
  public SoftRank(double strength) {
    this(Regularization.L2, strength, SoftCutoff.fixed(1));
  }

  @Override
  public Pass<Ranks> newPass() {
    return new Projections(this);
  }

  private static final class Projections extends SoftRanks {
    private final Permutahedron all;
    private final Permutahedron targets;
    private double[] ranks = {};
    private double[] members = {};
    private double[] among = {};
    private double[] upstream = {};
    private double[] pulled = {};

    Projections(SoftRank ranker) {
      super(ranker.cutoff);
      all = new Permutahedron(ranker.regularization, ranker.strength);
      targets = new Permutahedron(ranker.regularization, ranker.strength);
    }

    @Override
    void rank(CandidateList list) {
      int n = list.candidates();
      int m = list.count();
      if (ranks.length < n) {
        int capacity = Math.max(n, 2 * ranks.length);
        ranks = new double[capacity];
        members = new double[capacity];
        among = new double[capacity];
        upstream = new double[capacity];
        pulled = new double[capacity];
      }
      all.ranks(scores, n, ranks);
      for (int k = 0; k < m; k++) {
        members[k] = scores[list.positions()[k]];
      }
      targets.ranks(members, m, among);
      for (int k = 0; k < m; k++) {
        set(k, ranks[list.positions()[k]], among[k]);
      }
    }

    @Override
    double rankOf(int candidate) {
      return ranks[candidate];
    }

    @Override
    void pull(CandidateList list) {
      Arrays.fill(upstream, 0, list.candidates(), 0);
      for (int k = 0; k < list.count(); k++) {
        upstream[list.positions()[k]] = rankUpstream(k);
      }
      all.pullRanks(upstream, gradient);
      Arrays.fill(pulled, 0, list.count(), 0);
      for (int k = 0; k < list.count(); k++) {
        upstream[k] = amongUpstream(k);
      }
      targets.pullRanks(upstream, pulled);
      for (int k = 0; k < list.count(); k++) {
        gradient[list.positions()[k]] += pulled[k];
      }
    }
  }
}
