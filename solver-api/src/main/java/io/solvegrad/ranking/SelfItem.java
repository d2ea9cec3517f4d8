package io.solvegrad.ranking;

/** The diagonal of a square batch. */
enum SelfItem implements ItemSets {
  SELF;

  @Override
  public void check(Layout layout) {
    for (int q = 0; q < layout.lists(); q++) {
      if (layout.length(q) <= q) {
        throw new IllegalArgumentException(
            "list %d has %d candidates, so the query is not among them"
                .formatted(q, layout.length(q)));
      }
    }
  }

  @Override
  public int bound(int list, Layout layout) {
    return 1;
  }

  @Override
  public int read(int list, Layout layout, int[] positions) {
    positions[0] = list;
    return 1;
  }
}
