package io.solvegrad.ranking;

/** The labels of which a perfect ranking of a list would consist. */
final class IdealTargets implements Targets {
  private int[] positions = {};
  private double[] grades = {};
  private int count;
  private int candidates;

  void read(RankingBatch.IdealLabels labels, int list) {
    int bound = labels.relevance().bound(list, labels.layout());
    if (positions.length < bound) {
      positions = new int[Math.max(bound, 2 * positions.length)];
      grades = new double[positions.length];
    }
    count = labels.relevance().read(list, labels.layout(), positions, grades);
    candidates = labels.layout().length(list);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int candidates() {
    return candidates;
  }

  @Override
  public double grade(int k) {
    return grades[k];
  }

  @Override
  public double weight(int k) {
    return 1;
  }
}
