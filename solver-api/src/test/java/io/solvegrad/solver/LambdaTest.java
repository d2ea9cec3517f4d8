package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LambdaTest {

  @Test
  void plain_doesNotDependOnTheSize() {
    assertEquals(200, Lambda.plain(200).plainValue(1));
    assertEquals(200, Lambda.plain(200).plainValue(128));
  }

  @Test
  void normalised_isTimesTheSize() {
    assertEquals(0.25 * 128, Lambda.normalised(0.25).plainValue(128));
  }

  @Test
  void negativeSize_isRefused() {
    for (Lambda lambda :
        List.of(
            Lambda.plain(2),
            Lambda.normalised(2),
            Lambda.varying(Lambda.plain(2), LambdaRule.towards(0.1)))) {
      assertEquals(
          "size must not be negative, but is -3",
          assertThrows(IllegalArgumentException.class, () -> lambda.plainValue(-3)).getMessage());
      assertTrue(lambda.plainValue(0) >= 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void notPositiveOrNotFinite_isRefused(double value) {
    List<DoubleFunction<Lambda>> units = List.of(Lambda::plain, Lambda::normalised);
    for (DoubleFunction<Lambda> unit : units) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> unit.apply(value)).getMessage();
      assertTrue(message.contains("lambda") && message.contains("" + value), message);
    }
  }
}
