package io.solvegrad.relaxation.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.NeuralSort;
import io.solvegrad.relaxation.Permutahedron;
import io.solvegrad.relaxation.Permutahedron.Regularization;
import io.solvegrad.relaxation.SoftRank;
import io.solvegrad.relaxation.surrogate.SoftSpearman;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Blondel's soft rank and sort, and NeuralSort. */
final class SoftRankCases {
  private SoftRankCases() {}

  static void run(Case c) {
    if (c.op().equals("spearman via soft_rank")) {
      spearman(c);
      return;
    }
    String op = c.op().toLowerCase(Locale.ROOT);
    // Theirs: ascending ranks unless they say otherwise.
    String direction = c.text("direction", op.contains("descending") ? "DESCENDING" : "ASCENDING");
    double sign = direction.equals("DESCENDING") ? 1 : -1;
    assertEquals(true, sign == 1 || direction.equals("ASCENDING"), direction);
    String regularization = c.text("regularization", op.contains(" kl") ? "kl" : "l2");
    Permutahedron permutahedron =
        new Permutahedron(
            Regularization.valueOf(regularization.toUpperCase(Locale.ROOT)),
            c.number("strength", 1));
    boolean rank = op.startsWith("soft_rank");
    assertEquals(true, rank || op.startsWith("soft_sort"), "unknown operation " + op);
    boolean derivative = op.contains("jacobian");
    c.assertNumbers(
        Case.byRow(
            c.input("values"),
            row -> {
              double[] values = project(permutahedron, row, rank, sign);
              return derivative ? jacobian(permutahedron, rank, sign, row.length) : values;
            }));
  }

  private static double[] project(
      Permutahedron permutahedron, double[] values, boolean rank, double sign) {
    double[] signed = Arrays.stream(values).map(x -> sign * x).toArray();
    double[] result = new double[values.length];
    if (rank) {
      permutahedron.ranks(signed, signed.length, result);
    } else {
      permutahedron.sort(signed, signed.length, result);
    }
    return Arrays.stream(result).map(x -> rank ? x : sign * x).toArray();
  }

  private static double[] jacobian(Permutahedron permutahedron, boolean rank, double sign, int n) {
    double[] all = new double[n * n];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      double[] row = new double[n];
      if (rank) {
        permutahedron.pullRanks(unit, row);
      } else {
        permutahedron.pullSort(unit, row);
      }
      for (int j = 0; j < n; j++) {
        all[i * n + j] = rank ? sign * row[j] : row[j];
      }
    }
    return all;
  }

  private static void spearman(Case c) {
    double[] scores = Case.numbers(c.input("pred"));
    double[] labels = Case.numbers(c.input("target"));
    SurrogateLoss loss =
        SurrogateLoss.of(new SoftSpearman(new SoftRank(c.number("strength", 1)), true));
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels));
    c.assertNumbers(1 - loss.value(batch));
  }

  static void neuralSort(Case c) {
    String op = c.op();
    assertEquals(
        true, op.equals("neural_sort") || op.equals("neural_sort masked (valid block)"), op);
    NeuralSort sort = new NeuralSort(c.number("temperature", 1));
    c.assertNumbers(
        Case.byRow(
            c.input("scores"),
            scores -> Stream.of(sort.matrix(scores)).flatMapToDouble(Arrays::stream).toArray()));
  }
}
