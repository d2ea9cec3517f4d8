package io.solvegrad.ranking;

/** Sets given by a truth value for each score. */
record MaskedItems(boolean[] member) implements ItemSets {

  @Override
  public void check(Layout layout) {
    if (member.length < layout.extent()) {
      throw new IllegalArgumentException(
          "mask has %d values for %d scores".formatted(member.length, layout.extent()));
    }
  }

  @Override
  public int bound(int list, Layout layout) {
    return layout.length(list);
  }

  @Override
  public int read(int list, Layout layout, int[] positions) {
    int count = 0;
    for (int p = 0; p < layout.length(list); p++) {
      if (member[layout.index(list, p)]) {
        positions[count++] = p;
      }
    }
    return count;
  }
}
