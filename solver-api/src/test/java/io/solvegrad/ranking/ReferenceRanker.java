package io.solvegrad.ranking;

import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;

/**
 * The blackbox ranker by its definition, without any shortcut: all candidates are ranked by the
 * ranking solver and the interpolation estimator differentiates it. In double precision only.
 */
public record ReferenceRanker(Lambda lambda) implements Ranker<Ranks> {

  @Override
  public Pass<Ranks> newPass() {
    return new ReferencePass();
  }

  private final class ReferencePass extends TargetRanks implements Pass<Ranks> {
    private double[] ranks = {};

    @Override
    public Ranks forward(CandidateList list) {
      double[] scores = new double[list.candidates()];
      list.copyScores(scores);
      ranks = new double[list.candidates()];
      new RankingSolver(list.candidates()).solve(scores, ranks);
      reset(list.count());
      for (int k = 0; k < list.count(); k++) {
        int among = 1;
        for (int l = 0; l < list.count(); l++) {
          among += ranks[list.positions()[l]] < ranks[list.positions()[k]] ? 1 : 0;
        }
        set(k, ranks[list.positions()[k]], among);
      }
      return this;
    }

    @Override
    public double value(PositionFunction position, int k, double upstream) {
      double rank = rank(k);
      double slope = rank == 1 ? 0 : position.descent().at(rank) - position.descent().at(rank - 1);
      pushRank(k, upstream * slope);
      return rank <= position.cutoff() ? position.discount().at(rank) : 0;
    }

    @Override
    public void backward(CandidateList list, Diagnostics diagnostics) {
      int n = list.candidates();
      double[] scores = new double[n];
      list.copyScores(scores);
      double[] upstream = new double[n];
      for (int k = 0; k < list.count(); k++) {
        upstream[list.positions()[k]] = rankUpstream(k);
      }
      double[] gradient = new double[n];
      new Interpolation(lambda).gradient(new RankingSolver(n), scores, ranks, upstream, gradient);
      int moved = 0;
      for (int i = 0; i < n; i++) {
        list.addGradient(i, gradient[i]);
        moved += gradient[i] != 0 ? 1 : 0;
      }
      diagnostics.recordLambda(lambda.plainValue(n));
      diagnostics.record(n, moved);
    }
  }
}
