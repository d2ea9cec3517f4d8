package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ScoreArrayTest {
  private static final double THIRD = 1.0 / 3;

  @Test
  void floats_roundWhatIsWritten() {
    float[] values = {1, 2, 3};
    ScoreArray.Floats array = (ScoreArray.Floats) ScoreArray.of(values);
    assertSame(values, array.values());
    array.set(0, THIRD);
    array.add(1, THIRD);
    assertArrayEquals(new float[] {(float) THIRD, 2 + (float) THIRD, 3}, values);
    assertEquals((float) THIRD, array.get(0));
    assertEquals((float) THIRD, array.round(THIRD));
    assertEquals(Float.POSITIVE_INFINITY, array.round(1e300));
  }

  @Test
  void doubles_keepWhatIsWritten() {
    double[] values = {1, 2, 3};
    ScoreArray.Doubles array = (ScoreArray.Doubles) ScoreArray.of(values);
    assertSame(values, array.values());
    array.set(0, THIRD);
    array.add(1, THIRD);
    assertArrayEquals(new double[] {THIRD, 2 + THIRD, 3}, values);
    assertEquals(THIRD, array.round(THIRD));
    assertEquals(1e300, array.round(1e300));
  }

  @Test
  void zeros_haveTheSamePrecision() {
    assertEquals(ScoreArray.Floats.class, ScoreArray.of(1f).zeros(4).getClass());
    assertEquals(ScoreArray.Doubles.class, ScoreArray.of(1.0).zeros(4).getClass());
    assertEquals(4, ScoreArray.of(1.0).zeros(4).length());
    assertEquals(0, ScoreArray.of(1.0).zeros(4).get(3));
  }

  @Test
  void clear_isForARange() {
    ScoreArray floats = ScoreArray.of(1f, 2, 3, 4);
    floats.clear(1, 3);
    assertArrayEquals(new double[] {1, 0, 0, 4}, Outcome.values(floats));
    ScoreArray doubles = ScoreArray.of(1.0, 2, 3, 4);
    doubles.clear(0, 1);
    assertArrayEquals(new double[] {0, 2, 3, 4}, Outcome.values(doubles));
  }

  @Test
  void copyTo_worksWithinAnArray() {
    ScoreArray floats = ScoreArray.of(1f, 2, 3, 4);
    floats.copyTo(0, floats, 1, 3);
    assertArrayEquals(new double[] {1, 1, 2, 3}, Outcome.values(floats));
    ScoreArray doubles = ScoreArray.of(1.0, 2, 3, 4);
    doubles.copyTo(1, doubles, 0, 3);
    assertArrayEquals(new double[] {2, 3, 4, 4}, Outcome.values(doubles));
  }

  @Test
  void copyTo_refusesTheOtherPrecision() {
    ScoreArray floats = ScoreArray.of(1f);
    ScoreArray doubles = ScoreArray.of(1.0);
    for (ScoreArray[] pair : new ScoreArray[][] {{floats, doubles}, {doubles, floats}}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> pair[0].copyTo(0, pair[1], 0, 1))
              .getMessage();
      assertTrue(message.contains("double") && message.contains("float"), message);
    }
  }
}
