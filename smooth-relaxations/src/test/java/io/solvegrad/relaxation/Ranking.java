package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;

/** What a ranker says of one list in which every candidate is a target, and what it pulls back. */
record Ranking(double[] ranks, double[] gradient) {

  static Ranking of(Ranker<Ranks> ranker, double[] upstream, double... scores) {
    return of(ranker, upstream, ScoreArray.of(scores.clone()), scores);
  }

  static Ranking ofFloats(Ranker<Ranks> ranker, double[] upstream, double... scores) {
    float[] narrow = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      narrow[i] = (float) scores[i];
    }
    return of(ranker, upstream, ScoreArray.of(narrow), scores);
  }

  private static Ranking of(
      Ranker<Ranks> ranker, double[] upstream, ScoreArray array, double[] scores) {
    int n = scores.length;
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    double[] rounded = new double[n];
    Arrays.setAll(rounded, i -> array.get(i));
    ScoreArray gradient = array.zeros(n);
    CandidateList list = CandidateList.of(array, all, rounded, gradient);
    Ranker.Pass<Ranks> pass = ranker.newPass();
    Ranks ranks = pass.forward(list);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = ranks.rank(i);
      ranks.pushRank(i, upstream.length == 0 ? 0 : upstream[i]);
    }
    pass.backward(list, new Diagnostics());
    double[] pulled = new double[n];
    Arrays.setAll(pulled, gradient::get);
    return new Ranking(values, pulled);
  }
}
