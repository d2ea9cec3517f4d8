package io.solvegrad.evaluation.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureRowsTest {
  @TempDir private Path folder;

  private FeatureRows read(String text) throws IOException {
    Path file = folder.resolve("data.txt");
    Files.writeString(file, text);
    return LibsvmFiles.readRows(file);
  }

  @Test
  void keepsFeaturesWhereTheyBelong() throws IOException {
    FeatureRows rows = read("2 qid:a 1:0.5 3:-2 # first\n\n0 qid:a\n1 qid:b 0:4 3:1 3:7\n");
    assertEquals(4, rows.columns());
    assertEquals(3, rows.rows());
    assertArrayEquals(new int[] {2, 1}, rows.sizes());
    assertArrayEquals(new float[] {2, 0, 1}, rows.labels());
    assertArrayEquals(new float[] {0, 0.5f, 0, -2, 0, 0, 0, 0, 4, 0, 0, 7}, rows.dense(4));
    assertEquals(15, rows.dense(5).length);
    assertEquals("b", rows.queries().get(1).query());
  }

  @Test
  void refusesTooFewColumnsAndMatricesThatAreTooLarge() throws IOException {
    FeatureRows rows = read("1 qid:1 2147483646:1\n");
    assertEquals(Integer.MAX_VALUE, rows.columns());
    assertThrows(IllegalArgumentException.class, () -> rows.dense(3));
    IllegalArgumentException large =
        assertThrows(IllegalArgumentException.class, () -> rows.dense(Integer.MAX_VALUE));
    assertTrue(String.valueOf(large.getMessage()).contains("do not fit"), large.getMessage());
  }
}
