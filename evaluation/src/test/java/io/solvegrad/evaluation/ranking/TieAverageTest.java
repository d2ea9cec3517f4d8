package io.solvegrad.evaluation.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closed forms for ties against the mean over all orders. */
class TieAverageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "map",
        "map@3",
        "rr",
        "rr@2",
        "precision@3",
        "recall@2",
        "f1@3",
        "hits@4",
        "hitRate@1",
        "hitRate@3",
        "rPrecision",
        "cappedRecall@2",
        "ndcg",
        "ndcg@3",
        "ndcg_burges@4",
        "dcg@2",
        "dcg_burges",
        "dcg_jarvelin2002",
        "ndcg_jarvelin2002(3)@4",
        "rbp",
        "rbp(0.5)@3",
        "judged@3"
      })
  void isTheMeanOverAllOrders(String name) {
    RankingMetric metric = RankingMetrics.parse(name);
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(6);
      double[] labels = new double[n];
      double[] scores = new double[n];
      for (int i = 0; i < n; i++) {
        labels[i] = random.nextInt(5) == 0 ? JudgedRanking.UNJUDGED : random.nextInt(4);
        scores[i] = random.nextInt(3); // many ties
      }
      double[] judged = {3, 1, 0, 2};
      List<Double> values = new ArrayList<>();
      permutations(
          new ArrayList<>(),
          n,
          order -> {
            double[] l = new double[n];
            double[] s = new double[n];
            for (int i = 0; i < n; i++) {
              l[i] = labels[order.get(i)];
              s[i] = scores[order.get(i)];
            }
            values.add(
                metric.formula().value(JudgedRanking.of(l, s, null, judged, TieRule.INDEX, 1)));
          });
      double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
      double actual =
          metric
              .formula()
              .value(JudgedRanking.of(labels, scores, null, judged, TieRule.AVERAGED, 1));
      assertEquals(mean, actual, 1e-12, name + ", seed " + seed);
    }
  }

  private static void permutations(
      List<Integer> prefix, int n, java.util.function.Consumer<List<Integer>> consumer) {
    if (prefix.size() == n) {
      consumer.accept(prefix);
    }
    for (int i = 0; i < n; i++) {
      if (!prefix.contains(i)) {
        prefix.add(i);
        permutations(prefix, n, consumer);
        prefix.removeLast();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bpref", "err", "infAP", "iprec_at_recall_0.50", "11pt_avg"})
  void isRefusedWhereThereIsNoClosedForm(String name) {
    RankingMetric metric = RankingMetrics.parse(name);
    double[] labels = {1, 0};
    JudgedRanking tied = JudgedRanking.of(labels, new double[2], TieRule.AVERAGED, 1);
    assertThrows(IllegalArgumentException.class, () -> metric.formula().value(tied));
    JudgedRanking ordered = JudgedRanking.of(labels, new double[] {1, 0}, TieRule.AVERAGED, 1);
    metric.formula().value(ordered);
  }

  @Test
  void rulesOrderEqualScores() {
    double[] labels = {0, 2, 1, JudgedRanking.UNJUDGED};
    double[] scores = {5, 5, 5, 5};
    String[] ids = {"b", "a", "d", "c"};
    assertEquals("0 2 1 NaN", order(labels, scores, ids, TieRule.INDEX));
    assertEquals("1 NaN 0 2", order(labels, scores, ids, TieRule.TREC));
    assertEquals("2 1 0 NaN", order(labels, scores, ids, TieRule.OPTIMISTIC));
    assertEquals("NaN 0 1 2", order(labels, scores, ids, TieRule.PESSIMISTIC));
    assertEquals("NaN 1 2 0", order(labels, scores, null, TieRule.TREC));
    // -0.0 equals 0.0
    assertEquals("1 2", order(new double[] {1, 2}, new double[] {-0.0, 0.0}, null, TieRule.INDEX));
  }

  private static String order(double[] labels, double[] scores, String[] ids, TieRule rule) {
    JudgedRanking ranking = JudgedRanking.of(labels, scores, ids, labels, rule, 1);
    StringBuilder text = new StringBuilder();
    for (int place = 0; place < ranking.retrieved(); place++) {
      double label = ranking.label(place);
      text.append(place == 0 ? "" : " ").append(Double.isNaN(label) ? "NaN" : "" + (int) label);
    }
    return text.toString();
  }

  @Test
  void documentIdentifiersCompareAsBytes() {
    // U+1F600 stands after U+FFFD in bytes, before it in UTF-16 units
    String[] ids = {"\uFFFD", "\uD83D\uDE00"};
    assertEquals("2 1", order(new double[] {1, 2}, new double[2], ids, TieRule.TREC));
  }
}
