package io.solvegrad.ranking;

import java.util.Objects;

/**
 * A set of positions for every list of a batch: the relevant candidates, or the excluded ones. Sets
 * are read one list at a time in ascending order, so that a sparse set never becomes a dense
 * matrix.
 */
public interface ItemSets {

  /**
   * Checks that the sets belong to lists of this shape.
   *
   * @param layout where the lists lie
   * @throws IllegalArgumentException naming what does not fit
   */
  void check(Layout layout);

  /**
   * {@return an upper bound of the number of positions in the set of a list}
   *
   * @param list index of the list, from 0
   * @param layout where the lists lie
   */
  int bound(int list, Layout layout);

  /**
   * Writes the positions of a list's set in ascending order and returns their number.
   *
   * @param list index of the list, from 0
   * @param layout where the lists lie
   * @param positions receives the positions, at least {@link #bound} long. Modified.
   * @return how many positions were written
   */
  int read(int list, Layout layout, int[] positions);

  /** {@return empty sets} */
  static ItemSets none() {
    return NoItems.NONE;
  }

  /**
   * The cells that are true, in the order of the scores.
   *
   * @param member one value for each score. Not modified, not copied.
   * @return the sets, a view of the mask
   */
  static ItemSets mask(boolean... member) {
    return new MaskedItems(Objects.requireNonNull(member, "mask must not be null"));
  }

  /**
   * Compressed rows: the set of list q is {@code positions[offsets[q]]} to {@code
   * positions[offsets[q + 1] - 1]}.
   *
   * @param offsets number of lists + 1 values. Not modified, not copied.
   * @param positions ascending within each list. Not modified, not copied.
   * @return the sets, a view of the arrays; checked when they meet a layout
   */
  static ItemSets compressed(int[] offsets, int[] positions) {
    return new CompressedItems(
        Objects.requireNonNull(offsets, "offsets must not be null"),
        Objects.requireNonNull(positions, "positions must not be null"));
  }

  /**
   * The candidates that carry the id of the list: same class, same source. Every list must have the
   * same candidates. Building it costs one pass over the candidates; after the ids in the arrays
   * have changed, call {@link SameId#refresh}.
   *
   * @param listIds one id for each list. Not modified, not copied.
   * @param candidateIds one id for each candidate. Not modified, not copied.
   * @return the sets, with their index built
   */
  static SameId sameId(int[] listIds, int[] candidateIds) {
    return new SameId(
        Objects.requireNonNull(listIds, "listIds must not be null"),
        Objects.requireNonNull(candidateIds, "candidateIds must not be null"));
  }

  /**
   * {@return position q in list q: the query itself where queries and candidates are the same
   * items}
   */
  static ItemSets self() {
    return SelfItem.SELF;
  }
}
