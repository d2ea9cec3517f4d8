package io.solvegrad.relaxation.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The lists of a case: rows, or segments of rows gathered side by side. */
final class CaseLists {
  final int rows;
  final int columns;
  final double[] scores;
  final double[] labels;

  /** Where each gathered candidate stands in the case. */
  final int[] source;

  private final int[] offsets;
  private final boolean[] excluded;
  private final double[] weights;

  CaseLists(Case c) {
    this(c, true);
  }

  /** Without labels all of them are 0. */
  CaseLists(Case c, boolean labelled) {
    JsonNode given = c.input("scores");
    boolean matrix = given.get(0).isArray();
    rows = matrix ? given.size() : 1;
    columns = matrix ? given.get(0).size() : given.size();
    double[] allScores = Case.numbers(given);
    double[] allLabels = labelled ? Case.numbers(c.input("labels")) : new double[allScores.length];
    double[] where = c.hasInput("where") ? Case.numbers(c.input("where")) : null;
    double[] segments = c.hasInput("segments") ? Case.numbers(c.input("segments")) : null;
    double[] allWeights = c.hasInput("weights") ? Case.numbers(c.input("weights")) : null;
    List<List<Integer>> lists = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      TreeMap<Double, List<Integer>> members = new TreeMap<>();
      for (int i = r * columns; i < (r + 1) * columns; i++) {
        double segment = segments == null ? 0 : segments[i];
        members.computeIfAbsent(segment, s -> new ArrayList<>()).add(i);
      }
      lists.addAll(members.values());
    }
    source = lists.stream().flatMap(List::stream).mapToInt(i -> i).toArray();
    offsets = new int[lists.size() + 1];
    for (int q = 0; q < lists.size(); q++) {
      offsets[q + 1] = offsets[q] + lists.get(q).size();
    }
    scores = new double[source.length];
    labels = new double[source.length];
    excluded = new boolean[source.length];
    weights = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      scores[i] = allScores[source[i]];
      excluded[i] = where != null && where[source[i]] == 0;
      labels[i] = excluded[i] ? 0 : allLabels[source[i]];
      weights[i] = allWeights == null ? 1 : allWeights[source[i]];
    }
  }

  int lists() {
    return offsets.length - 1;
  }

  /** The valid candidates of a list, by their places in the arrays of this object. */
  int[] valid(int list) {
    return IntStream.range(offsets[list], offsets[list + 1]).filter(i -> !excluded[i]).toArray();
  }

  double[] weights(int[] places) {
    return Arrays.stream(places).mapToDouble(i -> weights[i]).toArray();
  }

  /** The number of lists that have a valid candidate. */
  int valid() {
    int count = 0;
    for (int q = 0; q + 1 < offsets.length; q++) {
      boolean any = false;
      for (int i = offsets[q]; i < offsets[q + 1]; i++) {
        any |= !excluded[i];
      }
      count += any ? 1 : 0;
    }
    return count;
  }

  RankingBatch batch(Relevance relevance) {
    return RankingBatch.of(ScoreArray.of(scores), Layout.ragged(offsets), relevance)
        .excluding(ItemSets.mask(excluded))
        .itemWeights(weights);
  }

  RankingBatch batch() {
    return batch(Relevance.grades(labels));
  }

  /** Value, and gradient in the order of the case. */
  record Outcome(double value, double[] gradient) {}

  Outcome evaluate(RankingLoss loss, RankingBatch batch, double factor) {
    double[] gathered = new double[scores.length];
    double value = loss.evaluate(batch, factor, ScoreArray.of(gathered), new Diagnostics());
    double[] gradient = new double[scores.length];
    for (int i = 0; i < gathered.length; i++) {
      gradient[source[i]] = gathered[i];
    }
    return new Outcome(value, gradient);
  }

  /** Compares with values without a reduction; a gradient is that of their sum. */
  void assertUnreduced(Case c, double[] values, RankingLoss sum, RankingBatch batch) {
    if (c.expected().isObject()) {
      c.assertNumbers(c.expected().get("value"), values);
      if (c.expected().has("gradient")) {
        c.assertNumbers(c.expected().get("gradient"), evaluate(sum, batch, 1).gradient());
      }
    } else {
      c.assertNumbers(values);
    }
  }

  /** Compares with {value, gradient}, a value, or a gradient, whichever the case expects. */
  static void assertOutcome(Case c, Outcome outcome) {
    boolean gradientOnly = c.text("wrt", "").equals("scores");
    if (c.expected().isObject()) {
      c.assertNumbers(c.expected().get("value"), outcome.value);
      c.assertNumbers(c.expected().get("gradient"), outcome.gradient);
    } else if (gradientOnly) {
      c.assertNumbers(outcome.gradient);
    } else {
      c.assertNumbers(outcome.value);
    }
  }
}
