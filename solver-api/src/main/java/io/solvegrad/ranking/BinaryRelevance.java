package io.solvegrad.ranking;

import java.util.Arrays;

/** Sets whose members all have grade 1. */
record BinaryRelevance(ItemSets relevant) implements Relevance {

  @Override
  public void check(Layout layout) {
    relevant.check(layout);
  }

  @Override
  public int bound(int list, Layout layout) {
    return relevant.bound(list, layout);
  }

  @Override
  public int read(int list, Layout layout, int[] positions, double[] grades) {
    int count = relevant.read(list, layout, positions);
    Arrays.fill(grades, 0, count, 1.0);
    return count;
  }
}
