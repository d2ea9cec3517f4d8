package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.SmoothFunction;
import java.util.Objects;

/**
 * Soft ranks by any step: rank_i = 1 + the sum over the other candidates j of step(s_j - s_i), with
 * steps of their own for relevant j and for the rank among the relevant.
 *
 * <p>With {@link Steps#upperHinge} it gives the bounds on metrics of Rax; with {@link Steps#supAp}
 * and {@link Steps#heaviside} for targets it is SupAP; with the step itself in place of the last it
 * gives the hard numerator of Rax's approximate average precision. O(candidates x relevant
 * candidates) time, O(candidates) memory.
 *
 * @param step for candidates that are not relevant
 * @param targetStep for relevant ones
 * @param amongStep for the rank among the relevant
 * @param cutoff what stands for a cut-off
 */
public record PairwiseSteps(
    SmoothFunction step, SmoothFunction targetStep, SmoothFunction amongStep, SoftCutoff cutoff)
    implements Ranker<Ranks> {

  /** Makes the ranker; no part may be null. */
  public PairwiseSteps {
    Objects.requireNonNull(step, "step must not be null");
    Objects.requireNonNull(targetStep, "targetStep must not be null");
    Objects.requireNonNull(amongStep, "amongStep must not be null");
    Objects.requireNonNull(cutoff, "cutoff must not be null");
  }

  /**
   * One step for all pairs.
   *
   * @param step the step
   * @param cutoff what stands for a cut-off
   */
  public PairwiseSteps(SmoothFunction step, SoftCutoff cutoff) {
    this(step, step, step, cutoff);
  }

  /** {@return upper bounds of ranks by hinges, with lower bounds of cut-offs} */
  public static PairwiseSteps hingeBound() {
    return new PairwiseSteps(Steps.upperHinge(), SoftCutoff.midpoint(Steps.lowerHinge()));
  }

  /** {@return the ranks of SupAP with its usual constants; source at {@link Steps#supAp}} */
  public static PairwiseSteps supAp() {
    return new PairwiseSteps(
        Steps.supAp(0.01, 100, 0.05, 0.5, 1.44),
        Steps.heaviside(),
        Steps.heaviside(),
        SoftCutoff.fixed(1));
  }

  @Override
  public Pass<Ranks> newPass() {
    return new Sums(this);
  }

  private static final class Sums extends SoftRanks {
    private final PairwiseSteps steps;
    private boolean[] target = {};

    Sums(PairwiseSteps steps) {
      super(steps.cutoff);
      this.steps = steps;
    }

    @Override
    void rank(CandidateList list) {
      int n = list.candidates();
      target = new boolean[n];
      for (int k = 0; k < list.count(); k++) {
        target[list.positions()[k]] = true;
      }
      for (int k = 0; k < list.count(); k++) {
        int self = list.positions()[k];
        double among = 1;
        for (int l = 0; l < list.count(); l++) {
          among += l == k ? 0 : steps.amongStep.at(gap(list.positions()[l], self));
        }
        set(k, rankOf(self), among);
      }
    }

    @Override
    double rankOf(int candidate) {
      double rank = 1;
      for (int j = 0; j < target.length; j++) {
        rank += j == candidate ? 0 : step(j).at(gap(j, candidate));
      }
      return rank;
    }

    private SmoothFunction step(int j) {
      return target[j] ? steps.targetStep : steps.step;
    }

    private double gap(int j, int self) {
      return Steps.difference(scores[j], scores[self]);
    }

    @Override
    void pull(CandidateList list) {
      for (int k = 0; k < list.count(); k++) {
        int self = list.positions()[k];
        double rankUpstream = rankUpstream(k);
        for (int j = 0; j < target.length && rankUpstream != 0; j++) {
          move(j, self, rankUpstream * step(j).slope(gap(j, self)));
        }
        double amongUpstream = amongUpstream(k);
        for (int l = 0; l < list.count() && amongUpstream != 0; l++) {
          int j = list.positions()[l];
          move(j, self, amongUpstream * steps.amongStep.slope(gap(j, self)));
        }
      }
    }

    /** A pair of a candidate with itself moves it back and forth, which is nothing. */
    private void move(int j, int self, double slope) {
      gradient[j] += slope;
      gradient[self] -= slope;
    }
  }
}
