package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RelevanceTest {
  private static final Layout LAYOUT = Layout.rows(2, 3);

  private static void assertRead(Relevance relevance, int list, int[] positions, double[] grades) {
    relevance.check(LAYOUT);
    int bound = relevance.bound(list, LAYOUT);
    int[] actualPositions = new int[bound];
    double[] actualGrades = new double[bound];
    int count = relevance.read(list, LAYOUT, actualPositions, actualGrades);
    assertArrayEquals(positions, Arrays.copyOf(actualPositions, count));
    assertArrayEquals(grades, Arrays.copyOf(actualGrades, count));
  }

  @Test
  void sets_haveGradeOne() {
    Relevance relevance = Relevance.of(ItemSets.mask(true, false, true, false, false, false));
    assertRead(relevance, 0, new int[] {0, 2}, new double[] {1, 1});
    assertRead(relevance, 1, new int[0], new double[0]);
  }

  @Test
  void grades_aboveZeroAreRelevant() {
    Relevance relevance = Relevance.grades(0, 3, -1, 0.5, -0.0, 2);
    assertRead(relevance, 0, new int[] {1}, new double[] {3});
    assertRead(relevance, 1, new int[] {0, 2}, new double[] {0.5, 2});
  }

  @Test
  void grades_minusInfinityIsIrrelevant() {
    Relevance relevance = Relevance.grades(Double.NEGATIVE_INFINITY, 1, 0, 0, 0, 0);
    assertRead(relevance, 0, new int[] {1}, new double[] {1});
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void grades_thatAreNoNumberAreNamed(double label) {
    Relevance relevance = Relevance.grades(0, 0, 0, 0, 0, label);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> relevance.read(1, LAYOUT, new int[3], new double[3]))
            .getMessage();
    assertEquals("label is " + label + " at row 1, column 2", message);
  }

  @Test
  void grades_tooFewAreNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Relevance.grades(1, 2).check(LAYOUT))
            .getMessage();
    assertTrue(message.contains("labels has 2") && message.contains("6"), message);
  }

  @Test
  void labelsOfWhatIsNotRelevant_areZero() {
    double[] labels = {7, 7, 7};
    Relevance.of(ItemSets.mask(true, false, true, false, false, false))
        .readLabels(0, LAYOUT, labels);
    assertArrayEquals(new double[] {1, 0, 1}, labels);
    Relevance.atLeast(2, 0, 1, 2, 3, 4, 1).readLabels(1, LAYOUT, labels);
    assertArrayEquals(new double[] {1, 1, 0}, labels);
    Relevance.grades(0, 3, -1, 0.5, -0.0, 2).readLabels(0, LAYOUT, labels);
    assertArrayEquals(new double[] {0, 3, -1}, labels);
  }
}
