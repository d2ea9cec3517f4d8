package io.solvegrad.rambo;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.RankKernels;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The blackbox ranker, and a record of what a metric has told it. For one thread. */
record RecordingRanker(Lambda lambda, List<Ranked> lists) implements Ranker<Ranks> {

  RecordingRanker(Lambda lambda) {
    this(lambda, new ArrayList<>());
  }

  /**
   * What was seen of one list; arrays run over its candidates, with 0 where a candidate is no
   * target.
   *
   * @param scores margin included
   * @param rank of the targets, as the ranker gave it to the metric
   * @param among the same among the targets
   * @param upstream dL/drank
   * @param strength lambda in plain units
   */
  record Ranked(
      ScoreArray scores, double[] rank, double[] among, double[] upstream, double strength) {

    static Ranked of(ScoreArray scores, double strength) {
      int n = scores.length();
      return new Ranked(scores, new double[n], new double[n], new double[n], strength);
    }

    /** The scores that are ranked in the backward pass. */
    ScoreArray moved() {
      ScoreArray moved = scores.zeros(scores.length());
      for (int i = 0; i < moved.length(); i++) {
        moved.set(i, scores.get(i) + strength * upstream[i]);
      }
      return moved;
    }

    /** Ranks of all candidates. */
    static double[] ranks(ScoreArray scores) {
      int[] ranks = new int[scores.length()];
      RankKernel kernel = RankKernels.newKernel();
      kernel.ranks(scores, 0, scores.length(), ranks);
      return Arrays.stream(ranks).asDoubleStream().toArray();
    }
  }

  @Override
  public Pass<Ranks> newPass() {
    return new RecordingPass(new BlackboxRanker(lambda).newPass());
  }

  private final class RecordingPass implements Pass<Ranks>, Ranks {
    private final Pass<Ranks> pass;
    private Ranks ranks;
    private int[] positions = {};

    RecordingPass(Pass<Ranks> pass) {
      this.pass = pass;
      ranks = this;
    }

    private Ranked last() {
      return lists.get(lists.size() - 1);
    }

    @Override
    public Ranks forward(CandidateList list) {
      ranks = pass.forward(list);
      positions = Arrays.copyOf(list.positions(), list.count());
      double[] scores = new double[list.candidates()];
      list.copyScores(scores);
      ScoreArray shifted = list.scores().zeros(scores.length);
      for (int i = 0; i < scores.length; i++) {
        shifted.set(i, scores[i]);
      }
      lists.add(Ranked.of(shifted, lambda.plainValue(scores.length)));
      for (int k = 0; k < list.count(); k++) {
        last().rank[positions[k]] = ranks.rank(k);
        last().among[positions[k]] = ranks.among(k);
      }
      return this;
    }

    @Override
    public void backward(CandidateList list, Diagnostics diagnostics) {
      pass.backward(list, diagnostics);
    }

    @Override
    public double rank(int k) {
      return ranks.rank(k);
    }

    @Override
    public double among(int k) {
      return ranks.among(k);
    }

    @Override
    public void pushRank(int k, double upstream) {
      last().upstream[positions[k]] += upstream;
      ranks.pushRank(k, upstream);
    }

    @Override
    public void pushAmong(int k, double upstream) {
      ranks.pushAmong(k, upstream);
    }

    @Override
    public double value(PositionFunction position, int k, double upstream) {
      throw new UnsupportedOperationException("metrics of ranks only");
    }
  }
}
