package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class ItemSetsTest {

  private static List<Integer> read(ItemSets sets, int list, Layout layout) {
    // Filled with nonsense and of the least permitted length.
    int[] positions = new int[sets.bound(list, layout)];
    Arrays.fill(positions, -99);
    int count = sets.read(list, layout, positions);
    return Arrays.stream(positions).limit(count).boxed().toList();
  }

  private static List<List<Integer>> readAll(ItemSets sets, Layout layout) {
    sets.check(layout);
    return IntStream.range(0, layout.lists()).mapToObj(q -> read(sets, q, layout)).toList();
  }

  private static void assertRefused(Executable executable, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "'" + part + "' is missing in: " + message);
    }
  }

  @Test
  void none_isEmpty() {
    assertEquals(List.of(List.of(), List.of()), readAll(ItemSets.none(), Layout.rows(2, 3)));
  }

  @Test
  void mask_isReadInTheOrderOfTheScores() {
    ItemSets sets = ItemSets.mask(true, false, true, false, true, true);
    assertEquals(List.of(List.of(0, 2), List.of(1, 2)), readAll(sets, Layout.rows(2, 3)));
    assertEquals(
        List.of(List.of(0), List.of(1), List.of(0, 1)), readAll(sets, Layout.columns(2, 3)));
    assertEquals(
        List.of(List.of(1), List.of(), List.of(1, 2)), readAll(sets, Layout.ragged(1, 3, 3, 6)));
  }

  @Test
  void mask_tooShortIsNamed() {
    assertRefused(
        () -> ItemSets.mask(true, false).check(Layout.rows(2, 3)), "mask has 2", "6 scores");
  }

  @Test
  void mask_seesLaterChanges() {
    boolean[] member = new boolean[3];
    ItemSets sets = ItemSets.mask(member);
    member[1] = true;
    assertEquals(List.of(List.of(1)), readAll(sets, Layout.rows(1, 3)));
  }

  @Test
  void compressed_isReadListByList() {
    ItemSets sets = ItemSets.compressed(new int[] {0, 2, 2, 3}, new int[] {0, 4, 1});
    assertEquals(List.of(List.of(0, 4), List.of(), List.of(1)), readAll(sets, Layout.rows(3, 5)));
  }

  @Test
  void compressed_mayStandAnywhereInItsArray() {
    ItemSets sets = ItemSets.compressed(new int[] {1, 2}, new int[] {9, 3, 9});
    assertEquals(List.of(List.of(3)), readAll(sets, Layout.rows(1, 5)));
  }

  @Test
  void compressed_brokenOffsetsAreNamed() {
    Layout two = Layout.rows(2, 5);
    assertRefused(
        () -> ItemSets.compressed(new int[] {0, 1}, new int[] {0}).check(two),
        "offsets has 2",
        "2 lists");
    assertRefused(
        () -> ItemSets.compressed(new int[] {0, 2, 1}, new int[] {0, 1}).check(two),
        "offsets[1] = 2 and offsets[2] = 1");
    assertRefused(
        () -> ItemSets.compressed(new int[] {-1, 0, 1}, new int[] {0, 1}).check(two),
        "offsets[0] = -1");
    assertRefused(
        () -> ItemSets.compressed(new int[] {0, 1, 3}, new int[] {0, 1}).check(two),
        "offsets[2] = 3",
        "2 positions");
  }

  @Test
  void compressed_positionsMustAscendWithinTheList() {
    Layout layout = Layout.ragged(0, 2, 5);
    int[] offsets = {0, 1, 3};
    readAll(ItemSets.compressed(offsets, new int[] {1, 0, 2}), layout);
    assertRefused(
        () -> ItemSets.compressed(offsets, new int[] {2, 0, 1}).check(layout),
        "positions[0] = 2",
        "list 0",
        "length 2");
    assertRefused(
        () -> ItemSets.compressed(offsets, new int[] {0, 1, 1}).check(layout),
        "positions[2] = 1",
        "list 1");
    assertRefused(
        () -> ItemSets.compressed(offsets, new int[] {-1, 0, 1}).check(layout),
        "positions[0] = -1");
  }

  @Test
  void self_isTheDiagonal() {
    assertEquals(List.of(List.of(0), List.of(1)), readAll(ItemSets.self(), Layout.rows(2, 3)));
    assertRefused(() -> ItemSets.self().check(Layout.rows(3, 2)), "list 2 has 2 candidates");
  }

  @Test
  void sameId_findsTheCandidatesOfEachId() {
    ItemSets sets = ItemSets.sameId(new int[] {7, -7, 0, 5}, new int[] {-7, 7, 0, 7, -7});
    assertEquals(
        List.of(List.of(1, 3), List.of(0, 4), List.of(2), List.of()),
        readAll(sets, Layout.rows(4, 5)));
  }

  /** Ids that share a slot, wrap around the table, or are the extremes. */
  @Test
  void sameId_agreesWithASearch() {
    SplittableRandom random = new SplittableRandom(3);
    for (int n = 0; n < 70; n++) {
      int[] pool =
          switch (n % 3) {
            case 0 -> random.ints(1 + n / 2).toArray();
            case 1 -> IntStream.range(-n, n + 1).toArray();
            default -> new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 1 << 30, 1 << 31};
          };
      int[] lists = random.ints(20, 0, pool.length).map(i -> pool[i]).toArray();
      int[] candidates = random.ints(n, 0, pool.length).map(i -> pool[i]).toArray();
      assertSearch(ItemSets.sameId(lists, candidates), lists, candidates);
    }
  }

  private static void assertSearch(SameId sets, int[] lists, int[] candidates) {
    Layout layout = Layout.rows(lists.length, candidates.length);
    sets.check(layout);
    for (int q = 0; q < lists.length; q++) {
      int id = lists[q];
      List<Integer> expected =
          IntStream.range(0, candidates.length).filter(i -> candidates[i] == id).boxed().toList();
      assertEquals(expected, read(sets, q, layout));
    }
  }

  @Test
  void sameId_refreshSeesNewIds() {
    SplittableRandom random = new SplittableRandom(4);
    int[] lists = new int[6];
    int[] candidates = new int[40];
    SameId sets = ItemSets.sameId(lists, candidates);
    for (int step = 0; step < 20; step++) {
      Arrays.setAll(lists, i -> random.nextInt(-3, 4));
      Arrays.setAll(candidates, i -> random.nextInt(-3, 4));
      sets.refresh();
      assertSearch(sets, lists, candidates);
    }
  }

  @Test
  void sameId_wrongShapeIsNamed() {
    ItemSets sets = ItemSets.sameId(new int[2], new int[3]);
    assertRefused(() -> sets.check(Layout.rows(3, 3)), "2 ids for 3 lists");
    assertRefused(() -> sets.check(Layout.rows(2, 4)), "list 0 has 4", "3 candidate ids");
    assertRefused(() -> sets.check(Layout.ragged(0, 3, 5)), "list 1 has 2");
  }
}
