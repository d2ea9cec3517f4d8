package io.solvegrad.ranking;

/** Empty sets. */
enum NoItems implements ItemSets {
  NONE;

  @Override
  public void check(Layout layout) {}

  @Override
  public int bound(int list, Layout layout) {
    return 0;
  }

  @Override
  public int read(int list, Layout layout, int[] positions) {
    return 0;
  }
}
