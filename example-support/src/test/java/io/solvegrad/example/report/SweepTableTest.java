package io.solvegrad.example.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.example.report.SweepTable.Comparison;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SweepTableTest {
  private static final double[] FIRST = {0.50, 0.52, 0.49, 0.51, 0.53};

  private static SweepTable table(double[]... others) {
    Map<String, double[]> values = new LinkedHashMap<>();
    values.put("first", FIRST);
    for (int i = 0; i < others.length; i++) {
      values.put("other" + i, others[i]);
    }
    return SweepTable.of(values);
  }

  private static Comparison comparison(SweepTable table, int row) {
    return Objects.requireNonNull(table.rows().get(row).comparison());
  }

  @Test
  void knowsATextbookPairedTest() {
    // Differences .01 .03 .02 .02 .02: mean .02, deviation sqrt(.0002 / 4), t = 6.3246, 4 degrees.
    SweepTable table = table(new double[] {0.51, 0.55, 0.51, 0.53, 0.55});
    Comparison c = comparison(table, 1);
    assertEquals(0.02, c.test().difference(), 1e-12);
    assertEquals(Math.sqrt(0.00005), c.test().deviation(), 1e-12);
    assertEquals(0.003198, c.test().tTest(), 1e-5);
    // All five differences have one sign: 2 of 2^5 signs are as extreme.
    assertEquals(2.0 / 32, c.test().signedRank(), 1e-12);
    assertEquals(0.51, table.rows().getFirst().mean(), 1e-12);
    assertEquals(Math.sqrt(0.00025), table.rows().getFirst().deviation(), 1e-12);
  }

  @Test
  void correctsForSeveralComparisons() {
    SweepTable table =
        table(
            new double[] {0.51, 0.55, 0.51, 0.53, 0.55},
            new double[] {0.50, 0.53, 0.47, 0.52, 0.53});
    Comparison clear = comparison(table, 1);
    Comparison doubtful = comparison(table, 2);
    assertEquals(2 * clear.test().tTest(), clear.holm(), 1e-15);
    assertEquals(doubtful.test().tTest(), doubtful.holm(), 1e-15);
  }

  @Test
  void isDefinedWhereNothingVaries() {
    SweepTable table = table(FIRST.clone());
    assertEquals(1, comparison(table, 1).test().tTest());
    assertEquals(1, comparison(table, 1).test().signedRank());
    Map<String, double[]> single = new LinkedHashMap<>();
    single.put("a", new double[] {0.5});
    single.put("b", new double[] {0.6});
    SweepTable one = SweepTable.of(single);
    assertNull(one.rows().get(1).comparison());
    assertEquals(0, one.rows().get(1).deviation());
  }

  @Test
  void writesOneLineForEachVariant() {
    String text = table(new double[] {0.51, 0.55, 0.51, 0.53, 0.55}).markdown();
    assertEquals(4, text.lines().count());
    assertTrue(text.contains("| other0 | 5 | 0.5300 | 0.0200 | +0.0200 | 0.0071 | 0.0032"), text);
    assertTrue(text.lines().allMatch(line -> line.chars().filter(c -> c == '|').count() == 10));
  }

  @Test
  void refusesVariantsWithOtherSeeds() {
    assertThrows(IllegalArgumentException.class, () -> table(new double[] {0.5}));
  }
}
