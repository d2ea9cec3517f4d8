package io.solvegrad.ranking;

import java.util.Arrays;

/**
 * The candidates that carry the id of their list, through an inverted index that is rebuilt in one
 * pass without allocation.
 */
public final class SameId implements ItemSets {
  // Open addressing over the candidate ids. A slot with a count of 0 is free; otherwise it owns
  // members[begins[slot]] onwards, the positions of its candidates in ascending order.
  private final int[] listIds;
  private final int[] candidateIds;
  private final int[] slotOf;
  private final int[] keys;
  private final int[] counts;
  private final int[] begins;
  private final int[] members;
  private final int shift;

  SameId(int[] listIds, int[] candidateIds) {
    this.listIds = listIds;
    this.candidateIds = candidateIds;
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, candidateIds.length));
    shift = 32 - bits;
    slotOf = new int[candidateIds.length];
    keys = new int[1 << bits];
    counts = new int[1 << bits];
    begins = new int[1 << bits];
    members = new int[candidateIds.length];
    refresh();
  }

  /** Rebuilds the index after the ids in the arrays have changed. O(number of candidates). */
  public void refresh() {
    Arrays.fill(counts, 0);
    for (int i = 0; i < candidateIds.length; i++) {
      int slot = slot(candidateIds[i]);
      keys[slot] = candidateIds[i];
      counts[slot]++;
      slotOf[i] = slot;
    }
    int begin = 0;
    for (int s = 0; s < counts.length; s++) {
      begins[s] = begin;
      begin += counts[s];
    }
    for (int i = 0; i < candidateIds.length; i++) {
      members[begins[slotOf[i]]++] = i;
    }
    for (int s = 0; s < counts.length; s++) {
      begins[s] -= counts[s];
    }
  }

  /** The slot that holds the id, or the free one where it would go. */
  private int slot(int id) {
    int slot = (id * 0x9E3779B9) >>> shift;
    while (counts[slot] != 0 && keys[slot] != id) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  @Override
  public void check(Layout layout) {
    if (listIds.length != layout.lists()) {
      throw new IllegalArgumentException(
          "there are %d ids for %d lists".formatted(listIds.length, layout.lists()));
    }
    for (int q = 0; q < layout.lists(); q++) {
      if (layout.length(q) != candidateIds.length) {
        throw new IllegalArgumentException(
            "list %d has %d candidates, but there are %d candidate ids"
                .formatted(q, layout.length(q), candidateIds.length));
      }
    }
  }

  @Override
  public int bound(int list, Layout layout) {
    return counts[slot(listIds[list])];
  }

  @Override
  public int read(int list, Layout layout, int[] positions) {
    int slot = slot(listIds[list]);
    System.arraycopy(members, begins[slot], positions, 0, counts[slot]);
    return counts[slot];
  }
}
