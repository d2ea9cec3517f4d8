package io.solvegrad.evaluation.retrieval;

import java.util.Arrays;

/** The items that share an id, in ascending order, for every id; memory O(items). */
final class ItemGroups {
  private final int[] ids;
  private final int[] starts;
  private final int[] members;

  ItemGroups(int[] idOfItem) {
    int n = idOfItem.length;
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      keys[i] = ((long) idOfItem[i] << 32) | i;
    }
    Arrays.sort(keys);
    members = new int[n];
    int[] distinct = new int[n];
    int[] first = new int[n + 1];
    int groups = 0;
    for (int i = 0; i < n; i++) {
      int id = (int) (keys[i] >> 32);
      if (groups == 0 || distinct[groups - 1] != id) {
        distinct[groups] = id;
        first[groups++] = i;
      }
      members[i] = (int) keys[i];
    }
    first[groups] = n;
    ids = Arrays.copyOf(distinct, groups);
    starts = Arrays.copyOf(first, groups + 1);
  }

  int count() {
    return ids.length;
  }

  /** The distinct ids, ascending. */
  int[] ids() {
    return ids;
  }

  /** The number of the group with this id, negative if there is none. */
  int find(int id) {
    return Arrays.binarySearch(ids, id);
  }

  /** Where the members of a group begin; those of a missing group are none. */
  int start(int group) {
    return group < 0 ? 0 : starts[group];
  }

  int end(int group) {
    return group < 0 ? 0 : starts[group + 1];
  }

  int[] members() {
    return members;
  }
}
