package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class LayoutTest {

  /** The indices of each list. */
  private static List<List<Integer>> lists(Layout layout) {
    List<List<Integer>> lists = new ArrayList<>();
    for (int q = 0; q < layout.lists(); q++) {
      List<Integer> list = new ArrayList<>();
      for (int p = 0; p < layout.length(q); p++) {
        list.add(layout.start(q) + p * layout.stride());
      }
      lists.add(list);
    }
    return lists;
  }

  private static void assertRefused(Executable executable, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "'" + part + "' is missing in: " + message);
    }
  }

  @Test
  void rows() {
    Layout layout = Layout.rows(2, 3);
    assertEquals(List.of(List.of(0, 1, 2), List.of(3, 4, 5)), lists(layout));
    assertEquals(6, layout.extent());
  }

  @Test
  void columns() {
    Layout layout = Layout.columns(2, 3);
    assertEquals(List.of(List.of(0, 3), List.of(1, 4), List.of(2, 5)), lists(layout));
    assertEquals(6, layout.extent());
  }

  @Test
  void ragged() {
    Layout layout = Layout.ragged(1, 3, 3, 6);
    assertEquals(List.of(List.of(1, 2), List.of(), List.of(3, 4, 5)), lists(layout));
    assertEquals(6, layout.extent());
  }

  @Test
  void extent_isWhatTheLastElementNeeds() {
    assertEquals(5, new Layout.Strided(2, 1, 2, 3).extent(), "not whole rows");
    assertEquals(2, new Layout.Strided(1, 9, 2, 1).extent(), "the step beyond does not count");
  }

  @Test
  void emptyLayouts_needNoRoom() {
    List<Layout> empty =
        List.of(
            Layout.rows(0, 0),
            Layout.rows(0, 5),
            Layout.rows(5, 0),
            Layout.columns(0, 5),
            Layout.columns(5, 0),
            Layout.ragged(0));
    for (Layout layout : empty) {
      assertEquals(0, layout.extent(), layout::toString);
      for (List<Integer> list : lists(layout)) {
        assertEquals(List.of(), list);
      }
    }
  }

  @Test
  void negativeNumbers_areNamed() {
    assertRefused(() -> Layout.rows(-1, 5), "-1 lists", "5");
    assertRefused(() -> Layout.rows(5, -1), "5 lists", "-1");
    assertRefused(() -> Layout.columns(-1, 5), "-1");
    assertRefused(() -> Layout.columns(5, -1), "-1");
  }

  @Test
  void moreThanAnArrayHolds_isRefused() {
    assertRefused(() -> Layout.rows(1 << 16, 1 << 16), "65536 lists of 65536");
    assertEquals(Integer.MAX_VALUE - 1, Layout.rows(2, (1 << 30) - 1).extent());
  }

  @Test
  void brokenOffsets_areNamed() {
    assertRefused(Layout::ragged, "offsets", "empty");
    assertRefused(() -> Layout.ragged(-2, 3), "offsets[0] = -2");
    assertRefused(() -> Layout.ragged(0, 4, 3), "offsets[2] = 3 is less than offsets[1] = 4");
  }

  @Test
  void transposed_isForRowsAlone() {
    assertEquals(Layout.columns(2, 3), ((Layout.Strided) Layout.rows(2, 3)).transposed());
    Layout.Strided columns = (Layout.Strided) Layout.columns(2, 3);
    assertRefused(columns::transposed, "layout of rows");
  }

  /** The same matrix stored the other way round has the same rows, columns and cells. */
  @Test
  void columnMajor_isTheSameMatrix() {
    Layout matrix = Layout.columnMajor(2, 3, 5);
    assertEquals(List.of(0, 5, 10, 1, 6, 11), indices(matrix));
    assertEquals(12, matrix.extent());
    assertFalse(matrix.isContiguous());
    assertEquals("row 1, column 2", matrix.place(1, 2));
    assertEquals("row 1, column 2", matrix.cell(matrix.index(1, 2)));
    Layout columns = ((Layout.ColumnMajor) matrix).transposed();
    assertEquals(List.of(0, 1, 5, 6, 10, 11), indices(columns));
    assertTrue(columns.isContiguous());
    Layout flat = ((Layout.ColumnMajor) matrix).flattened();
    assertEquals(List.of(0, 5, 10, 1, 6, 11), indices(flat));
    assertEquals(1, flat.lists());
    assertEquals(12, flat.extent());
    assertEquals("row 1, column 0", flat.cell(flat.index(0, 3)));
    assertFalse(flat.isContiguous());
    assertThrows(UnsupportedOperationException.class, flat::stride);
    assertThrows(UnsupportedOperationException.class, () -> flat.start(0));
    assertEquals(0, Layout.columnMajor(0, 3, 0).extent());
    assertThrows(IllegalArgumentException.class, () -> Layout.columnMajor(3, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> Layout.columnMajor(-1, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> Layout.columnMajor(3, 1 << 16, 1 << 16));
  }

  private static List<Integer> indices(Layout layout) {
    List<Integer> indices = new ArrayList<>();
    for (int list = 0; list < layout.lists(); list++) {
      for (int p = 0; p < layout.length(list); p++) {
        indices.add(layout.index(list, p));
      }
    }
    return indices;
  }

  @Test
  void segments_needAllTheirElements() {
    Layout layout = Layout.segments(7, -1, 7, 7, -1);
    assertEquals(2, layout.lists());
    assertEquals(4, layout.index(0, 1));
    assertEquals(3, layout.index(1, 2));
    assertEquals(5, layout.extent());
    assertRefused(
        () -> RankingBatch.of(ScoreArray.of(new float[4]), layout, Relevance.of(ItemSets.none())),
        "4 values",
        "need 5");
  }
}
