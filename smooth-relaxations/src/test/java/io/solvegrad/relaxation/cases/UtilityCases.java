package io.solvegrad.relaxation.cases;

import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.LabelledList;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Building blocks of Rax that exist here too. */
final class UtilityCases {
  private UtilityCases() {}

  static void run(Case c) {
    switch (c.op()) {
      case "normalize_probabilities" -> normalise(c);
      case "ranks" -> ranks(c);
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
