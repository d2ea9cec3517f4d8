package io.solvegrad.ranking.metric;

import com.fasterxml.jackson.databind.JsonNode;
import io.solvegrad.ranking.CaseFields;
import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.EmptyQueries;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.SmoothFunction;
import io.solvegrad.ranking.TieOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Computes what a case about a metric expects, in the conventions of the library it comes from. */
final class MetricCaseRunner {
  private static final int ALL = Integer.MAX_VALUE;
  private static final Pattern REMARKS =
      Pattern.compile(
          "|@\\d+(,@\\d+)*|(binary|linear|2\\^y-1)(, mean over lists, empty list counts 0)?"
              + "|linear, tie-averaged|tie-averaged");

  private final String group;
  private final CaseFields inputs;
  private final CaseFields params;
  private Gain gain = Gain.exponential();
  private TieOrder ties = TieOrder.INDEX;

  MetricCaseRunner(String group, CaseFields inputs, CaseFields params) {
    this.group = group;
    this.inputs = inputs;
    this.params = params;
  }

  double[] run(String op) {
    double[] values =
        switch (op) {
          case "ranks" -> ranks();
          case "retrieved_items" -> retrieved();
          case "trec_eval tie-breaking" -> trecEval();
          case "ndcg loss torchrec" -> each("ndcg", topn());
          default -> metric(op);
        };
    inputs.requireAllRead();
    params.requireAllRead();
    return values;
  }

  /** An operation is a metric, then what is special about it, which the parameters say as well. */
  private double[] metric(String op) {
    String[] words = op.split(" ", 2);
    String remark = words.length == 1 ? "" : words[1];
    if (!REMARKS.matcher(remark).matches()) {
      throw new AssertionError("unknown operation: " + op);
    }
    if (remark.startsWith("linear")) {
      gain = Gain.linear();
    }
    if (remark.endsWith("tie-averaged")) {
      ties = TieOrder.AVERAGED;
    }
    if (params.has("ats")) {
      double[][] byCutOff =
          DoubleStream.of(params.matrix("ats")[0])
              .mapToObj(k -> each(words[0], (int) k))
              .toArray(double[][]::new);
      // A row for each list, a column for each cut-off.
      return IntStream.range(0, byCutOff[0].length)
          .boxed()
          .flatMapToDouble(q -> Arrays.stream(byCutOff).mapToDouble(values -> values[q]))
          .toArray();
    }
    return each(words[0], topn());
  }

  private int topn() {
    return params.has("topn") && !params.any("topn").isNull() ? (int) params.number("topn") : ALL;
  }

  private double[] each(String name, int topn) {
    Lists lists = new Lists();
    boolean graded =
        List.of("dcg", "ndcg", "opa", "arp", "spearman", "mean_reciprocal_rank").contains(name);
    RankingBatch batch = lists.batch(graded ? 0 : threshold(name, lists));
    TieOrder order = name.equals("opa") ? TieOrder.PESSIMISTIC : ties();
    MetricLoss loss =
        MetricLoss.of(formula(name, topn), new ExactRanker(order))
            .emptyQueries(emptyQueries())
            .negatedMetric();
    JsonNode reduce = params.has("reduce") ? params.any("reduce") : null;
    if (reduce == null || reduce.isNull() || reduce.asText().equals("none")) {
      double[] values = new double[batch.layout().lists()];
      loss.metrics(batch, values);
      return Arrays.stream(values).map(v -> Double.isNaN(v) ? 0 : v).toArray();
    }
    // "mean (...)" carries a remark.
    return switch (reduce.asText().split(" ")[0]) {
      case "mean" -> new double[] {0 - loss.value(batch)};
      case "sum" -> new double[] {0 - loss.reduction(Reduction.SUM).value(batch)};
      default -> throw new AssertionError("unknown reduction: " + reduce);
    };
  }

  private RankMetric<? super Ranks> formula(String name, int topn) {
    return switch (name) {
      case "mrr" -> RankMetrics.reciprocalRankAt(topn);
      case "recall" -> RankMetrics.recallAt(topn);
      case "precision" -> RankMetrics.precisionAt(topn);
      case "hits", "hit_rate" -> RankMetrics.hitRateAt(topn);
      case "r_precision" -> RankMetrics.precisionAtR();
      case "map_at_r" -> RankMetrics.averagePrecisionAtR();
      case "mean_reciprocal_rank" -> RankMetrics.meanReciprocalRank();
      case "rbp" -> RankMetrics.rankBiasedPrecision(params.number("persistence"));
      case "spearman" -> RankMetrics.spearman();
      case "ap", "map", "average_precision" ->
          // What ltrlib calls MAP is the precision.
          group.equals("ltrlib")
              ? RankMetrics.precisionAt(topn)
              : RankMetrics.averagePrecisionAt(topn);
      case "dcg" -> RankMetrics.dcg(gain(), discount().top(topn));
      case "ndcg" -> RankMetrics.ndcg(gain(), discount().top(topn));
      case "opa" -> RankMetrics.orderedPairs();
      // The average relevance position: a "discount" that grows with the rank.
      case "arp" ->
          new DiscountedGain(new PositionFunction(SmoothFunction.of(r -> r, r -> 1), topn));
      default -> throw new AssertionError("unknown metric: " + name);
    };
  }

  private double threshold(String name, Lists lists) {
    if (params.has("relevance_threshold")) {
      return params.number("relevance_threshold");
    }
    if (group.equals("allrank") && name.equals("mrr")) {
      // allRank looks for the largest label, not for the first relevant one.
      return Math.max(Double.MIN_VALUE, DoubleStream.of(lists.labels).max().orElse(1));
    }
    return 1;
  }

  private Gain gain() {
    if (!params.has("gain")) {
      return gain;
    }
    return switch (params.text("gain")) {
      case "linear", "identity", "y" -> Gain.linear();
      case "exp2", "exponential", "2^y-1", "2^y - 1" -> Gain.exponential();
      case "binary" -> Gain.binary();
      default -> throw new AssertionError("unknown gain: " + params.text("gain"));
    };
  }

  private PositionFunction discount() {
    if (!params.has("discount")) {
      return PositionFunction.logarithmic();
    }
    return switch (params.text("discount")) {
      case "log2", "log2(1+rank)", "1/log2(1+rank)" -> PositionFunction.logarithmic();
      case "reciprocal", "1/rank" -> PositionFunction.reciprocal();
      default -> throw new AssertionError("unknown discount: " + params.text("discount"));
    };
  }

  private TieOrder ties() {
    if (!params.has("ties")) {
      return ties;
    }
    return switch (params.text("ties")) {
      case "index", "lower index first" -> TieOrder.INDEX;
      case "optimistic" -> TieOrder.OPTIMISTIC;
      case "pessimistic" -> TieOrder.PESSIMISTIC;
      case "averaged" -> TieOrder.AVERAGED;
      default -> throw new AssertionError("unknown ties: " + params.text("ties"));
    };
  }

  /** Lists without anything relevant count with metric 0, unless the case says otherwise. */
  private EmptyQueries emptyQueries() {
    // What allRank calls it.
    String name = params.has("filler_value") ? "filler_value" : "list_without_relevant";
    if (!params.has(name)) {
      return EmptyQueries.ZERO;
    }
    JsonNode rule = params.any(name);
    return switch (rule.asText()) {
      case "0", "0.0", "zero" -> EmptyQueries.ZERO;
      case "1", "1.0", "one" -> EmptyQueries.ONE;
      case "skip", "skipped", "left out" -> EmptyQueries.SKIP;
      default -> throw new AssertionError("unknown rule for lists without relevant: " + rule);
    };
  }

  /** Ranks of every item, the masked ones behind the others of their segment. */
  private double[] ranks() {
    Lists lists = new Lists();
    double[] ranks = new double[lists.scores.length];
    for (int q = 0; q < lists.layout.lists(); q++) {
      int list = q;
      int[] items =
          IntStream.range(0, lists.layout.length(q))
              .map(p -> lists.layout.index(list, p))
              .boxed()
              .sorted(Comparator.comparing(i -> lists.masked[i]))
              .mapToInt(i -> i)
              .toArray();
      int valid = (int) IntStream.of(items).filter(i -> !lists.masked[i]).count();
      double[] solution = new double[valid];
      if (valid > 0) {
        new RankingSolver(valid)
            .solve(
                IntStream.of(items).limit(valid).mapToDouble(i -> lists.scores[i]).toArray(),
                solution);
      }
      for (int i = 0; i < items.length; i++) {
        ranks[items[i]] = i < valid ? solution[i] : i + 1;
      }
    }
    return ranks;
  }

  private double[] retrieved() {
    int topn = topn();
    double[] ranks = ranks();
    Lists lists = new Lists();
    return IntStream.range(0, ranks.length)
        .mapToDouble(i ->
            ranks[i] <= topn && !lists.masked[i] && lists.scores[i] > Double.NEGATIVE_INFINITY
                ? 1
                : 0)
        .toArray();
  }

  /** MAP and NDCG with documents of equal scores in descending order of their names. */
  private double[] trecEval() {
    TreeMap<String, Double> run = new TreeMap<>(Comparator.reverseOrder());
    inputs.any("run").properties().forEach(e -> run.put(e.getKey(), e.getValue().doubleValue()));
    JsonNode qrels = inputs.any("qrels");
    double[] scores = run.values().stream().mapToDouble(s -> s).toArray();
    double[] labels = run.keySet().stream().mapToDouble(d -> qrels.path(d).asDouble(0)).toArray();
    double[] judged =
        qrels.properties().stream().mapToDouble(e -> e.getValue().doubleValue()).toArray();
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels))
            .idealLabels(Layout.rows(1, judged.length), Relevance.grades(judged));
    return DoubleStream.of(
            1 - MetricLoss.of(RankMetrics.averagePrecision(), new ExactRanker()).value(batch),
            1
                - MetricLoss.of(
                        RankMetrics.ndcg(Gain.linear(), PositionFunction.logarithmic()),
                        new ExactRanker())
                    .value(batch))
        .toArray();
  }

  /** The lists of a case: rows, rows of different lengths, or segments of rows. */
  private final class Lists {
    final double[] scores;
    final double[] labels;
    final boolean[] masked;
    final double[] weights;
    final Layout layout;

    Lists() {
      double[][] rows = inputs.matrix("scores");
      scores = flat(rows);
      labels = inputs.has("labels") ? flat(inputs.matrix("labels")) : new double[scores.length];
      masked = new boolean[scores.length];
      if (inputs.has("where")) {
        double[] where = flat(inputs.matrix("where"));
        for (int i = 0; i < masked.length; i++) {
          masked[i] = where[i] == 0;
        }
      }
      // The second is what allRank calls it.
      for (String name : List.of("padded_label", "padded_value_indicator")) {
        if (!params.has(name)) {
          continue;
        }
        double padding = params.number(name);
        for (int i = 0; i < masked.length; i++) {
          masked[i] |= labels[i] == padding;
        }
      }
      if (params.has("masked_labels")) {
        double label = params.number("masked_labels");
        for (int i = 0; i < masked.length; i++) {
          labels[i] = masked[i] ? label : labels[i];
        }
      }
      weights = inputs.has("weights") ? flat(inputs.matrix("weights")) : null;
      if (inputs.has("ragged")) {
        inputs.any("ragged");
      }
      layout = layout(rows);
    }

    private Layout layout(double[][] rows) {
      int[] row =
          IntStream.range(0, rows.length)
              .flatMap(r -> IntStream.generate(() -> r).limit(rows[r].length))
              .toArray();
      if (inputs.has("segments")) {
        double[] segments = flat(inputs.matrix("segments"));
        return Layout.segments(
            IntStream.range(0, row.length).map(i -> row[i] * 10_000 + (int) segments[i]).toArray());
      }
      int[] offsets = new int[rows.length + 1];
      for (int r = 0; r < rows.length; r++) {
        offsets[r + 1] = offsets[r] + rows[r].length;
      }
      return Layout.ragged(offsets);
    }

    /** With a threshold, labels are binary. */
    RankingBatch batch(double threshold) {
      Relevance relevance =
          threshold == 0 ? Relevance.grades(labels) : Relevance.atLeast(threshold, labels);
      RankingBatch batch =
          RankingBatch.of(ScoreArray.of(scores), layout, relevance)
              .excluding(ItemSets.mask(masked));
      return weights == null ? batch : batch.itemWeights(weights);
    }

    private static double[] flat(double[][] rows) {
      return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
  }
}
