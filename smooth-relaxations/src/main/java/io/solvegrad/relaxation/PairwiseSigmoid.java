package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.TargetRanks;

/**
 * Soft ranks by pairwise comparison: rank_i = 1 + the sum over the other candidates j of
 * sigmoid((s_j - s_i) / temperature).
 *
 * <p>With {@link io.solvegrad.ranking.AveragePrecision} this is Smooth-AP (Brown, Xie, Kalogeiton,
 * Zisserman, ECCV 2020, arXiv:2007.12163). As the temperature falls, the ranks become exact and the
 * gradients vanish. O(candidates x relevant candidates) time, O(candidates) memory.
 *
 * @param temperature positive, in units of the score; 0.01 is usual for cosines
 */
public record PairwiseSigmoid(double temperature) implements Ranker<Ranks> {

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public PairwiseSigmoid {
    if (!(temperature > 0) || temperature == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "temperature must be positive and finite, but is " + temperature);
    }
  }

  @Override
  public Pass<Ranks> newPass() {
    return new Sums(temperature);
  }

  private static final class Sums extends TargetRanks implements Pass<Ranks> {
    private final double temperature;
    private double[] scores = {};
    private double[] gradient = {};

    Sums(double temperature) {
      this.temperature = temperature;
    }

    @Override
    public Ranks forward(CandidateList list) {
      reset(list.count());
      if (scores.length < list.candidates()) {
        scores = new double[list.candidates()];
        gradient = new double[list.candidates()];
      }
      list.copyScores(scores);
      for (int k = 0; k < list.count(); k++) {
        rank(list, k);
      }
      return this;
    }

    private void rank(CandidateList list, int k) {
      int self = list.positions()[k];
      double rank = 1;
      for (int j = 0; j < list.candidates(); j++) {
        if (j != self) {
          rank += sigmoid(scores[j], scores[self]);
        }
      }
      double among = 1;
      for (int l = 0; l < list.count(); l++) {
        if (l != k) {
          among += sigmoid(scores[list.positions()[l]], scores[self]);
        }
      }
      set(k, rank, among);
    }

    @Override
    public double value(PositionFunction position, int k, double upstream) {
      if (position.cutoff() != Integer.MAX_VALUE) {
        throw new UnsupportedOperationException(
            "a soft rank has no hard cut-off " + position.cutoff());
      }
      pushRank(k, upstream * position.discount().slope(rank(k)));
      return position.at(rank(k));
    }

    @Override
    public void backward(CandidateList list, Diagnostics diagnostics) {
      for (int i = 0; i < list.candidates(); i++) {
        gradient[i] = 0;
      }
      for (int k = 0; k < list.count(); k++) {
        pull(list, k);
      }
      int moved = 0;
      for (int i = 0; i < list.candidates(); i++) {
        if (gradient[i] != 0) {
          list.addGradient(i, gradient[i]);
          moved++;
        }
      }
      diagnostics.record(list.candidates(), moved);
    }

    private void pull(CandidateList list, int k) {
      int self = list.positions()[k];
      double own = 0;
      for (int j = 0; j < list.candidates(); j++) {
        if (j != self) {
          own += pull(j, self, rankUpstream(k));
        }
      }
      for (int l = 0; l < list.count(); l++) {
        if (l != k) {
          own += pull(list.positions()[l], self, amongUpstream(k));
        }
      }
      gradient[self] -= own;
    }

    private double pull(int other, int self, double upstream) {
      double step = sigmoid(scores[other], scores[self]);
      double slope = upstream * step * (1 - step) / temperature;
      gradient[other] += slope;
      return slope;
    }

    // Equal scores are level even where they are infinite and have no difference.
    private double sigmoid(double other, double self) {
      double difference = other == self ? 0 : other - self;
      return 1 / (1 + Math.exp(-difference / temperature));
    }
  }
}
