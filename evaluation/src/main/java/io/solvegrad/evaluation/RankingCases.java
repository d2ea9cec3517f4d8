package io.solvegrad.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.solvegrad.evaluation.ranking.DcgFormula;
import io.solvegrad.evaluation.ranking.JudgedRanking;
import io.solvegrad.evaluation.ranking.RankingMetric.Formula;
import io.solvegrad.evaluation.ranking.RankingMetrics;
import io.solvegrad.evaluation.ranking.TieRule;
import io.solvegrad.evaluation.ranking.TrecFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cases of scikit-learn, ranx and ir_measures: lists with scores or orders and labels. */
final class RankingCases {
  private static final Pattern OPERATION =
      Pattern.compile("([\\w-]+?)(?:_score)?(?:@(\\d+))?(?![\\w@-])");

  private RankingCases() {}

  static Map<String, Double> compute(JsonNode testCase) {
    CaseNode inputs = new CaseNode(testCase, "inputs");
    CaseNode params = new CaseNode(testCase, "params");
    params.ignore("note");
    boolean sklearn = testCase.path("group").asText().equals("sklearn");
    String op = testCase.path("op").asText().toLowerCase(Locale.ROOT);
    Operation operation = Operation.of(op, params, sklearn);
    List<JudgedRanking> lists =
        lists(inputs, operation.ties, params.number("relevance_threshold", 1));
    double[] weights =
        inputs.has("list_weights")
            ? CaseNode.numbers(inputs.get("list_weights"))
            : ones(lists.size());
    if (!params.text("reduce", "mean").equals("mean") || weights.length != lists.size()) {
      throw new IllegalArgumentException("lists must be averaged, with a weight each");
    }
    boolean emptyCountsOne = emptyCountsOne(params.text("list_without_relevant", "counts 0"));
    inputs.refuseUnknown();
    params.refuseUnknown();
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      JudgedRanking list = lists.get(i);
      boolean one = emptyCountsOne && list.relevant() == 0;
      sum += weights[i] * (one ? 1 : operation.formula.value(list));
    }
    return Map.of("value", sum / Arrays.stream(weights).sum());
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static boolean emptyCountsOne(String rule) {
    return switch (rule) {
      case "counts 1" -> true;
      case "counts 0" -> false;
      default -> throw new IllegalArgumentException("list_without_relevant: " + rule);
    };
  }

  private static List<JudgedRanking> lists(CaseNode inputs, TieRule ties, double level) {
    List<JudgedRanking> lists = new ArrayList<>();
    if (inputs.has("relevant_ranks")) {
      int[] ranks = CaseNode.integers(inputs.get("relevant_ranks"));
      int last = 0;
      for (int rank : ranks) {
        last = Math.max(last, CaseNode.count(rank, 1, "relevant rank"));
      }
      double[] labels = new double[last];
      for (int rank : ranks) {
        labels[rank - 1] = 1;
      }
      lists.add(JudgedRanking.of(labels, descending(labels.length), ties, level));
    } else if (inputs.has("run")) {
      lists.addAll(
          TrecFiles.join(
                  nested(inputs.get("qrels"), JsonNode::asInt),
                  nested(inputs.get("run"), JsonNode::asDouble),
                  ties,
                  level,
                  true)
              .values());
    } else if (inputs.has("run_order")) {
      lists.add(ordered(inputs.get("qrels"), inputs.get("run_order"), ties, level));
    } else {
      JsonNode scores = inputs.get("scores");
      JsonNode labels = inputs.get("labels");
      if (scores.path(0).isArray()) {
        for (int i = 0; i < scores.size(); i++) {
          lists.add(scored(labels.path(i), scores.get(i), ties, level));
        }
      } else {
        lists.add(scored(labels, scores, ties, level));
      }
    }
    return lists;
  }

  private static JudgedRanking scored(
      JsonNode labels, JsonNode scores, TieRule ties, double level) {
    return JudgedRanking.of(CaseNode.numbers(labels), CaseNode.numbers(scores), ties, level);
  }

  private static JudgedRanking ordered(JsonNode qrels, JsonNode order, TieRule ties, double level) {
    double[] labels = new double[order.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = qrels.path(order.get(i).asText()).asDouble(JudgedRanking.UNJUDGED);
    }
    List<JsonNode> judged = new ArrayList<>();
    qrels.elements().forEachRemaining(judged::add);
    double[] all = judged.stream().mapToDouble(JsonNode::asDouble).toArray();
    return JudgedRanking.of(labels, descending(labels.length), null, all, ties, level);
  }

  private static double[] descending(int count) {
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      scores[i] = -i;
    }
    return scores;
  }

  private static <V> Map<String, Map<String, V>> nested(
      JsonNode node, Function<JsonNode, V> value) {
    Map<String, Map<String, V>> all = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> query : node.properties()) {
      Map<String, V> documents = new LinkedHashMap<>();
      query
          .getValue()
          .properties()
          .forEach(entry -> documents.put(entry.getKey(), value.apply(entry.getValue())));
      all.put(query.getKey(), documents);
    }
    return all;
  }

  /** A formula and how ties are ordered for it. */
  private record Operation(Formula formula, TieRule ties) {

    static Operation of(String op, CaseNode params, boolean sklearn) {
      Matcher name = OPERATION.matcher(op);
      if (!name.lookingAt()) {
        throw new IllegalArgumentException("operation '" + op + "' is not known");
      }
      double topn = params.number("topn", params.number("k", Integer.MAX_VALUE));
      int k = name.group(2) == null ? (int) topn : Integer.parseInt(name.group(2));
      String rule = params.text("ties", "");
      boolean together = sklearn && name.group(1).contains("average_precision");
      boolean averaged =
          rule.equals("average") || op.contains("tie-averaged") || (sklearn && rule.isEmpty());
      boolean ignored = params.get("ignore_ties").asBoolean() || op.contains("ignore_ties");
      if (!rule.isEmpty() && !together && !averaged) {
        throw new IllegalArgumentException("ties: " + rule);
      }
      TieRule ties =
          ignored
              ? TieRule.TREC // the later item first, as a reversed stable sort leaves them
              : averaged || together ? TieRule.AVERAGED : TieRule.INDEX;
      return new Operation(formula(together ? "threshold_ap" : name.group(1), op, k, params), ties);
    }

    private static Formula formula(String name, String op, int k, CaseNode params) {
      if (name.equals("dcg") || name.equals("ndcg") || name.endsWith("_burges")) {
        DcgFormula dcg = gain(op + " " + params.text("gain", ""), params.number("log_base", 2));
        return name.startsWith("ndcg") ? list -> dcg.ndcg(list, k) : list -> dcg.dcg(list, k);
      }
      if (name.equals("rank_biased_precision") || name.equals("rbp")) {
        return RankingMetrics.parse("rbp(" + params.number("p", 0.8) + ")").formula();
      }
      return RankingMetrics.parse(k == Integer.MAX_VALUE ? name : name + "@" + k).formula();
    }

    private static DcgFormula gain(String words, double base) {
      boolean exponential =
          words.contains("2^") || words.contains("burges") || words.contains("exp");
      if (exponential && base != 2) {
        throw new IllegalArgumentException("exponential gains have base 2");
      }
      return exponential ? DcgFormula.BURGES : DcgFormula.withBase(base);
    }
  }
}
