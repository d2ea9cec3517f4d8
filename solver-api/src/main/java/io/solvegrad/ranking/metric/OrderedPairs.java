package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Targets;

/**
 * 1 - ordered-pair accuracy: the share of pairs with different labels of which the lower label
 * stands first. A pair counts by the weight of its higher label.
 *
 * <p>For a relevant candidate i the wrong pairs are its rank minus its rank among the candidates of
 * its grade or better. Slope: 1 for the former, 0 for the latter; if all relevant candidates have
 * one grade, -1 for the latter, their rank among the relevant. O(m^2) for m relevant candidates of
 * several grades, O(m) for one.
 *
 * <p>Labels of 0 and less are one grade. Equal scores are ordered by the ranker's tie rule; in the
 * mean over tie orders such a pair counts one half.
 */
public record OrderedPairs() implements RankMetric<Ranks> {

  /** {@return the number of pairs with different labels, each counted by its weight} */
  @Override
  public double normaliser(Targets targets) {
    double irrelevant = targets.candidates() - (double) targets.count();
    double pairs = irrelevant * targets.totalWeight();
    if (!hasOneGrade(targets)) {
      for (int i = 0; i < targets.count(); i++) {
        for (int j = 0; j < targets.count(); j++) {
          pairs += targets.grade(i) > targets.grade(j) ? targets.weight(i) : 0;
        }
      }
    }
    return pairs;
  }

  @Override
  public double loss(Targets targets, Ranks ranks, double scale) {
    boolean oneGrade = hasOneGrade(targets);
    double wrong = 0;
    for (int i = 0; i < targets.count(); i++) {
      double weight = targets.weight(i);
      double among = oneGrade ? ranks.meanAmong(i) : rankAmongBetter(targets, ranks, i);
      wrong += weight * (ranks.meanRank(i) - among);
      ranks.pushRank(i, scale * weight);
      if (oneGrade) {
        ranks.pushAmong(i, -scale * weight);
      }
    }
    return wrong;
  }

  private static double rankAmongBetter(Targets targets, Ranks ranks, int i) {
    double grade = targets.grade(i);
    double rank = ranks.meanRank(i);
    double ahead = 0;
    for (int j = 0; j < targets.count(); j++) {
      if (j != i && targets.grade(j) >= grade) {
        double other = ranks.meanRank(j);
        // Mean ranks are equal if every order of the two is possible.
        ahead += other < rank ? 1 : other == rank ? 0.5 : 0;
      }
    }
    return 1 + ahead;
  }

  private static boolean hasOneGrade(Targets targets) {
    for (int k = 1; k < targets.count(); k++) {
      if (targets.grade(k) != targets.grade(0)) {
        return false;
      }
    }
    return true;
  }
}
