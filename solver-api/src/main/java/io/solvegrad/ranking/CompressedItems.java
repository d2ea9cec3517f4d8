package io.solvegrad.ranking;

/** Sets in compressed rows. */
record CompressedItems(int[] offsets, int[] positions) implements ItemSets {

  @Override
  public void check(Layout layout) {
    if (offsets.length != layout.lists() + 1) {
      throw new IllegalArgumentException(
          "offsets has %d values for %d lists".formatted(offsets.length, layout.lists()));
    }
    for (int q = 0; q < layout.lists(); q++) {
      int previous = -1;
      requireRange(q);
      for (int i = offsets[q]; i < offsets[q + 1]; i++) {
        if (positions[i] <= previous || positions[i] >= layout.length(q)) {
          throw new IllegalArgumentException(
              "positions[%d] = %d of list %d is not ascending or not below its length %d"
                  .formatted(i, positions[i], q, layout.length(q)));
        }
        previous = positions[i];
      }
    }
  }

  private void requireRange(int list) {
    if (offsets[list] < 0
        || offsets[list + 1] < offsets[list]
        || offsets[list + 1] > positions.length) {
      throw new IllegalArgumentException(
          "offsets[%d] = %d and offsets[%d] = %d are no range of %d positions"
              .formatted(list, offsets[list], list + 1, offsets[list + 1], positions.length));
    }
  }

  @Override
  public int bound(int list, Layout layout) {
    return offsets[list + 1] - offsets[list];
  }

  @Override
  public int read(int list, Layout layout, int[] target) {
    int count = offsets[list + 1] - offsets[list];
    System.arraycopy(positions, offsets[list], target, 0, count);
    return count;
  }
}
