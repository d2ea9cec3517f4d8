package io.solvegrad.evaluation.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankingMetricsTest {
  private static final double UNJUDGED = JudgedRanking.UNJUDGED;

  /** Labels in rank order, and all judged labels. */
  private static JudgedRanking list(double[] labels, double... judged) {
    double[] scores = new double[labels.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = -i;
    }
    return JudgedRanking.of(labels, scores, null, judged, TieRule.INDEX, 1);
  }

  private static double value(String metric, JudgedRanking list) {
    return RankingMetrics.parse(metric).formula().value(list);
  }

  /**
   * Grades 2, 0, unjudged, 1, pooled and not judged; a relevant one of grade 3 was not retrieved.
   */
  @ParameterizedTest
  @CsvSource({
    "map, 0.5", // (1 + 2/4) / 3
    "map@3, 0.333333333333",
    "rr, 1",
    "precision@5, 0.4",
    "precision, 0.4",
    "P_10, 0.2",
    "recall@4, 0.666666666667",
    "recall, 0.666666666667",
    "rPrecision, 0.333333333333",
    "f1@4, 0.571428571429", // 2 x 2 / (4 + 3)
    "set_F, 0.5", // 2 x 2 / (5 + 3)
    "set_map, 0.266666666667", // 2/5 x 2/3
    "cappedRecall@2, 0.5",
    "hits@4, 2",
    "hitRate@1, 1",
    "judged@3, 0.666666666667",
    "num_ret, 5",
    "num_rel, 3",
    "num_rel_ret, 2",
    "num_nonrel_judged_ret, 1",
    "dcg, 2.430676558073", // 2 + 1/log2(5)
    "dcg_burges, 3.430676558073",
    "dcg_jarvelin2002, 2.5", // 2 + 1/log2(4)
    "ndcg, 0.510446928228", // over 3 + 2/log2(3) + 1/2
    "bpref, 0.333333333333", // (1 + (1 - 1/1)) / 3
    "rbp(0.5), 0.5625", // (1 + 1/8) / 2
    "err(3), 0.394531250000", // 3/8 + (1/4)(5/8)(1/8)
    "Rprec_mult_0.20, 1", // 1 of floor(0.6 + 0.9)
    "Rprec_mult_1.40, 0.4", // 2 of floor(4.2 + 0.9)
    "utility, -1", // 2 - 3
    "unj_5, 0.4",
    "unj@10, 0.2",
    "rbp_resid, 0.737100000000", // 0.9^5 + (0.9^2 + 0.9^4) / 10
    "binG, 0.500000000000", // (1 + 1/log2(4)) / 3
    "G, 0.274785385730", // (2/log2(3) + 1/log2(6)) / 6
    "ndcg_rel, 0.562520174374", // missing item at the end
    "Rndcg, 0.516599078106", // after 1, 2, 3 and 5 items
    "iprec_at_recall_0.00, 1",
    "iprec_at_recall_0.50, 0.5",
    "iprec_at_recall_1.00, 0"
  })
  void givesTheValueOfTheFormula(String metric, double expected) {
    JudgedRanking list = list(new double[] {2, 0, UNJUDGED, 1, -1}, 2, 0, 1, -1, 3);
    assertEquals(expected, value(metric, list), 1e-11);
  }

  /** The values that ranx's own test of bpref derives by hand. */
  @Test
  void bprefAgreesWithRanx() {
    assertEquals(0.25, value("bpref", list(new double[] {0, 1, UNJUDGED, 0}, 1, 1, 0, 0)), 1e-12);
    assertEquals(
        0.5,
        value("bpref", list(new double[] {0, 1, UNJUDGED, UNJUDGED, 1, 0}, 1, 1, 0, 0)),
        1e-12);
    assertEquals(
        (2.0 / 3 + 2.0 / 3 + 1.0 / 3) / 3,
        value("bpref", list(new double[] {0, 1, UNJUDGED, UNJUDGED, 1, 0, 1, 0}, 1, 1, 1, 0, 0, 0)),
        1e-12);
  }

  @Test
  void infApIsAveragePrecisionWhereAllIsJudged() {
    JudgedRanking list = list(new double[] {1, 0, 1, 1, 0}, 1, 0, 1, 1, 0);
    assertEquals(value("map", list), value("infAP", list), 1e-4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "map",
        "MAP",
        "AP",
        "ap@10",
        "map_cut_10",
        "mrr",
        "RR@10",
        "recip_rank",
        "P@5",
        "P_5",
        "precision@5",
        "R@5",
        "recall_5",
        "Rprec",
        "r-precision",
        "Success@1",
        "success_1",
        "hit_rate@5",
        "hits@5",
        "f1",
        "ndcg",
        "nDCG@10",
        "ndcg_cut_10",
        "ndcg_burges@10",
        "dcg@3",
        "dcg_burges",
        "dcg_jarvelin2002(2)",
        "RBP(p=0.8)",
        "rbp@10",
        "err@20",
        "ERR(g=4)@20",
        "bpref",
        "infAP",
        "iprec_at_recall_0.10",
        "iprec@0.1",
        "11pt_avg",
        "gm_map",
        "gm_bpref",
        "set_P",
        "set_recall",
        "set_F",
        "relative_P_5",
        "num_q",
        "num_ret",
        "threshold_ap"
      })
  void knowsTheNamesOfOtherEvaluators(String name) {
    RankingMetric metric = RankingMetrics.parse(name);
    assertEquals(name, metric.name());
    assertTrue(Double.isFinite(metric.formula().value(list(new double[] {1, 0}, 1, 0))));
    // nothing retrieved, nothing relevant: a number all the same
    assertTrue(Double.isFinite(metric.formula().value(list(new double[0]))));
    assertTrue(Double.isFinite(metric.formula().value(list(new double[] {0, 0}, 0, 0))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ndcgg",
        "ndcg@0",
        "ndcg@x",
        "@5",
        "P_0",
        "bpref@5",
        "map(3)",
        "rbp(",
        "rbp(1)",
        "rbp(p=2)@5",
        "unj",
        "iprec@1.5"
      })
  void refusesOtherNames(String name) {
    assertThrows(IllegalArgumentException.class, () -> RankingMetrics.parse(name));
  }

  @Test
  void everyListedNameIsKnown() {
    for (String name : RankingMetrics.names()) {
      RankingMetrics.parse(name.replace("_X", "_0.50").replace("@k", "@5"));
    }
    assertEquals(29, RankingMetrics.official().size());
    assertEquals(97, RankingMetrics.allTrec().size());
  }

  @Test
  void largeLabelsDoNotOverflowTheNdcg() {
    JudgedRanking list = list(new double[] {999, 1000, 0}, 999, 1000, 0);
    double log3 = Math.log(3) / Math.log(2);
    assertEquals((0.5 + 1 / log3) / (1 + 0.5 / log3), value("ndcg_burges", list), 1e-12);
    JudgedRanking huge = list(new double[] {3000, 4000}, 3000, 4000);
    assertEquals(1 / log3, value("ndcg_burges", huge), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> value("dcg_burges", huge));
  }

  @Test
  void emptyQueriesCountAsAsked() {
    Map<String, JudgedRanking> rankings = new LinkedHashMap<>();
    rankings.put("found", list(new double[] {0, 1}, 0, 1));
    rankings.put("empty", list(new double[] {0, 0}, 0, 0));
    List<RankingMetric> metrics =
        List.of(
            RankingMetrics.parse("map"),
            RankingMetrics.parse("dcg"),
            RankingMetrics.parse("num_q"),
            RankingMetrics.parse("gm_map"));
    RankingResult skip = RankingResult.evaluate(rankings, metrics, EmptyQueries.SKIP);
    assertEquals(0.5, skip.average("map"));
    assertEquals(List.of("empty"), skip.empty());
    assertFalse(skip.values().containsKey("empty"));
    RankingResult zero = RankingResult.evaluate(rankings, metrics, EmptyQueries.ZERO);
    assertEquals(0.25, zero.average("map"));
    assertEquals(2, zero.average("num_q"));
    assertEquals(Math.sqrt(0.5 * 1e-5), zero.average("gm_map"), 1e-12);
    RankingResult one = RankingResult.evaluate(rankings, metrics, EmptyQueries.ONE);
    assertEquals(0.75, one.average("map"));
    assertEquals(zero.average("dcg"), one.average("dcg"));
    RankingResult none = RankingResult.evaluate(Map.of(), metrics, EmptyQueries.SKIP);
    assertEquals(0, none.average("map"));
    assertThrows(IllegalArgumentException.class, () -> none.average("ndcg"));
  }

  @Test
  void partsOfARankingKeepWhatIsToBeFound() {
    JudgedRanking list = list(new double[] {2, 0, UNJUDGED, 1, -1}, 2, 0, 1, -1, 3);
    assertEquals(3, list.judgedOnly().retrieved());
    assertEquals(2.0 / 3, value("precision", list.judgedOnly()), 1e-12);
    assertEquals(1.0 / 3, value("recall", list.first(2)), 1e-12);
    assertEquals(3, list.first(2).relevant());
    JudgedRanking tied =
        JudgedRanking.of(
            new double[] {1, UNJUDGED, 0}, new double[] {5, 5, 5}, TieRule.AVERAGED, 1);
    assertEquals(2, tied.judgedOnly().tieEnd(0));
    assertEquals(0.5, value("precision@1", tied.judgedOnly()), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> tied.first(2));
    assertThrows(IllegalArgumentException.class, () -> tied.first(0));
  }

  @Test
  void badArgumentsAreRefused() {
    double[] two = new double[2];
    double[] nan = {0, Double.NaN};
    assertThrows(
        IllegalArgumentException.class, () -> JudgedRanking.of(two, nan, TieRule.INDEX, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> JudgedRanking.of(two, new double[3], TieRule.INDEX, 1));
    assertThrows(IllegalArgumentException.class, () -> DcgFormula.jarvelin2002(1));
    assertThrows(IllegalArgumentException.class, () -> value("err", list(new double[] {5}, 5)));
  }
}
