package io.solvegrad.rambo;

import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;

/** The two precisions in which a case is run. */
enum CasePrecision {
  DOUBLE {
    @Override
    ScoreArray array(double... values) {
      return ScoreArray.of(values.clone());
    }
  },
  FLOAT {
    @Override
    ScoreArray array(double... values) {
      ScoreArray array = ScoreArray.of(new float[values.length]);
      for (int i = 0; i < values.length; i++) {
        array.set(i, values[i]);
      }
      return array;
    }
  };

  abstract ScoreArray array(double... values);

  /** The number as this precision holds it. */
  final double round(double value) {
    return array(value).get(0);
  }

  final double[][] round(double[][] values) {
    return Arrays.stream(values)
        .map(row -> Arrays.stream(row).map(this::round).toArray())
        .toArray(double[][]::new);
  }
}
