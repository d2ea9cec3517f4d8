package io.solvegrad.relaxation.cases;

import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.LabelledList;
import io.solvegrad.relaxation.surrogate.ListMle;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Building blocks of Rax that exist here too. */
final class UtilityCases {
  private UtilityCases() {}

  static void run(Case c) {
    switch (c.op()) {
      case "normalize_probabilities" -> normalise(c);
      case "ranks" -> ranks(c);
      case "logcumsumexp" -> logSums(c);
      default -> throw new IllegalArgumentException("unknown operation " + c.op());
    }
  }

  private static List<List<Integer>> lists(Case c, int n) {
    double[] segments = c.hasInput("segments") ? Case.numbers(c.input("segments")) : new double[n];
    TreeMap<Double, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      members.computeIfAbsent(segments[i], s -> new ArrayList<>()).add(i);
    }
    return List.copyOf(members.values());
  }

  /** ListMLE of one position says what the largest of the elements so far loses to all of them. */
  private static void logSums(Case c) {
    double[] x = Case.numbers(c.input("x"));
    double[] where = c.hasInput("where") ? Case.numbers(c.input("where")) : null;
    boolean reverse = c.flag("reverse", false);
    double[] result = new double[x.length];
    List<Double> soFar = new ArrayList<>();
    for (int p = 0; p < x.length; p++) {
      int i = reverse ? x.length - 1 - p : p;
      if (where == null || where[i] != 0) {
        soFar.add(x[i]);
      }
      double[] scores = soFar.stream().mapToDouble(s -> s).toArray();
      double largest = Arrays.stream(scores).max().orElse(Double.NEGATIVE_INFINITY);
      double[] labels = Arrays.stream(scores).map(s -> s == largest ? 1 : 0).toArray();
      RankingBatch batch =
          RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels));
      result[i] = largest + SurrogateLoss.of(new ListMle(1)).value(batch);
    }
    c.assertNumbers(result);
  }

  private static void normalise(Case c) {
    double[] x = Case.numbers(c.input("x"));
    double[] where = c.hasInput("where") ? Case.numbers(c.input("where")) : null;
    double[] result = x.clone();
    for (List<Integer> list : lists(c, x.length)) {
      List<Integer> valid = list.stream().filter(i -> where == null || where[i] != 0).toList();
      double[] labels = valid.stream().mapToDouble(i -> x[i]).toArray();
      LabelTransform.probabilities().apply(labels, labels.length);
      for (int p = 0; p < labels.length; p++) {
        result[valid.get(p)] = labels[p];
      }
      // Theirs divides masked elements too.
      double sum = valid.stream().mapToDouble(i -> x[i]).sum();
      int count = valid.isEmpty() ? list.size() : valid.size();
      for (int i : list) {
        result[i] = valid.contains(i) ? result[i] : sum == 0 ? 1.0 / count : x[i] / sum;
      }
    }
    c.assertNumbers(result);
  }

  /** Masked candidates stand behind the others: as if they had no score. */
  private static void ranks(Case c) {
    double[] scores = Case.numbers(c.input("scores"));
    double[] where = c.hasInput("where") ? Case.numbers(c.input("where")) : null;
    double[] result = new double[scores.length];
    for (List<Integer> list : lists(c, scores.length)) {
      double[] members =
          list.stream()
              .mapToDouble(
                  i -> where == null || where[i] != 0 ? scores[i] : Double.NEGATIVE_INFINITY)
              .toArray();
      int[] ranks = LabelledList.of(members, new double[members.length]).ranks();
      for (int p = 0; p < ranks.length; p++) {
        result[list.get(p)] = ranks[p];
      }
    }
    c.assertNumbers(result);
  }
}
