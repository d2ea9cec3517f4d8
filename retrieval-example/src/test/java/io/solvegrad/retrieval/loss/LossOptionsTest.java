package io.solvegrad.retrieval.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.example.CommandFailures;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossOptionsTest {

  /** The average over m rankings divides lambda by m. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--loss recall-loglog | plain:3200.0",
        "--loss recall-loglog --rankings 2 | plain:200.0",
        "--loss ap --rankings 1 | plain:200.0",
        "--loss ap --rankings 8 | plain:800.0",
        "--loss ap --rankings 32 | plain:3200.0",
        "--loss ap --rankings 32 --noise 0 | plain:200.0",
        "--loss ap --rankings 8 --lambda plain:50 | plain:50.0",
        "--loss softmax | null"
      })
  void lambdaGrowsWithTheRankings(String options, String lambda) {
    LossOptions parsed = new LossOptions();
    CommandFailures.parse(parsed, List.of(options.split(" ")));
    assertEquals(lambda, String.valueOf(parsed.settings().lambda()));
  }
}
