package io.solvegrad.ejml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Draws batches in which every row has a partner of its class: classes without replacement, some
 * rows of each with at least two. What is drawn depends on the generator alone, not on earlier
 * draws. Immutable, for any number of threads.
 */
public final class ClassBatches {
  private final List<int[]> members;
  private final int rows;
  private final int perClass;

  /**
   * Batches of some rows.
   *
   * @param classes the class of each row; a class with one row is never drawn. Not modified.
   * @param rows at most so many rows a batch, at least 4
   * @param perClass at most so many rows of a class, at least 2
   * @throws IllegalArgumentException if a number is too small
   */
  public ClassBatches(int[] classes, int rows, int perClass) {
    Objects.requireNonNull(classes, "classes must not be null");
    requireRows(rows, perClass);
    Map<Integer, List<Integer>> byClass = new TreeMap<>();
    for (int i = 0; i < classes.length; i++) {
      byClass.computeIfAbsent(classes[i], c -> new ArrayList<>()).add(i);
    }
    members =
        byClass.values().stream()
            .filter(list -> list.size() > 1)
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toList();
    this.rows = rows;
    this.perClass = perClass;
  }

  static void requireRows(int rows, int perClass) {
    if (rows < 4) {
      throw new IllegalArgumentException(
          "rows must be at least 4, two each of two classes, but is " + rows);
    }
    if (perClass < 2) {
      throw new IllegalArgumentException(
          "perClass must be at least 2, so that every row has a partner, but is " + perClass);
    }
  }

  /** {@return whether no class has two rows, so that nothing can be drawn} */
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /**
   * {@return the row numbers of a batch; none if there is nothing to draw}
   *
   * @param random decides. Modified.
   */
  public int[] draw(Random random) {
    int[] order = range(members.size());
    int[] batch = new int[rows];
    int count = 0;
    for (int c = 0; c < order.length && batch.length - count >= 2; c++) {
      int[] own = members.get(pick(order, c, random));
      int take = Math.min(Math.min(own.length, perClass), batch.length - count);
      int[] places = range(own.length);
      for (int i = 0; i < take; i++) {
        batch[count++] = own[pick(places, i, random)];
      }
    }
    return Arrays.copyOf(batch, count);
  }

  /** One step of Fisher and Yates: what is drawn from the places from {@code at} on. */
  private static int pick(int[] places, int at, Random random) {
    int other = at + random.nextInt(places.length - at);
    int drawn = places[other];
    places[other] = places[at];
    places[at] = drawn;
    return drawn;
  }

  private static int[] range(int size) {
    int[] places = new int[size];
    Arrays.setAll(places, i -> i);
    return places;
  }
}
