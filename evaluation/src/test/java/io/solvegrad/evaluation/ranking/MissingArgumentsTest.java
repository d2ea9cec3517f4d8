package io.solvegrad.evaluation.ranking;

import io.solvegrad.evaluation.ranking.RankingMetric.Average;
import io.solvegrad.process.MissingArguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class MissingArgumentsTest extends MissingArguments {
  private static final double[] NUMBERS = {1, 2};
  private static final JudgedRanking RANKING = JudgedRanking.of(NUMBERS, NUMBERS, TieRule.INDEX, 1);

  private void formulas() {
    call("ranking", () -> RankingFormulas.hits(missing(), 1));
    call("ranking", () -> RankingFormulas.precision(missing(), 1));
    call("ranking", () -> RankingFormulas.recall(missing(), 1));
    call("ranking", () -> RankingFormulas.cappedRecall(missing(), 1));
    call("ranking", () -> RankingFormulas.f1(missing(), 1));
    call("ranking", () -> RankingFormulas.rPrecision(missing()));
    call("ranking", () -> RankingFormulas.hitRate(missing(), 1));
    call("ranking", () -> RankingFormulas.reciprocalRank(missing(), 1));
    call("ranking", () -> RankingFormulas.averagePrecision(missing(), 1));
    call("ranking", () -> RankingFormulas.thresholdAveragePrecision(missing()));
    call("ranking", () -> RankingFormulas.rankBiasedPrecision(missing(), 0.5, 1));
    call("ranking", () -> RankingFormulas.expectedReciprocalRank(missing(), 1, 1));
    call("ranking", () -> RankingFormulas.bpref(missing()));
    call("ranking", () -> RankingFormulas.inferredAveragePrecision(missing()));
    call("ranking", () -> RankingFormulas.interpolatedPrecision(missing(), 0.5));
    call("ranking", () -> RankingFormulas.elevenPointAverage(missing()));
    call("ranking", () -> RankingFormulas.judged(missing(), 1));
    call("ranking", () -> DcgFormula.JARVELIN.dcg(missing(), 1));
    call("ranking", () -> DcgFormula.JARVELIN.ndcg(missing(), 1));
    call("gain", () -> new DcgFormula(missing(), rank -> 1));
    call("discount", () -> new DcgFormula(label -> label, missing()));
  }

  private void rankings() {
    TieRule index = TieRule.INDEX;
    call("labels", () -> JudgedRanking.of(missing(), NUMBERS, index, 1));
    call("scores", () -> JudgedRanking.of(NUMBERS, missing(), index, 1));
    call("ties", () -> JudgedRanking.of(NUMBERS, NUMBERS, missing(), 1));
    call("labels", () -> JudgedRanking.of(missing(), NUMBERS, null, NUMBERS, index, 1));
    call("scores", () -> JudgedRanking.of(NUMBERS, missing(), null, NUMBERS, index, 1));
    call("judged", () -> JudgedRanking.of(NUMBERS, NUMBERS, null, missing(), index, 1));
    call("ties", () -> JudgedRanking.of(NUMBERS, NUMBERS, null, NUMBERS, missing(), 1));
  }

  private void metrics() {
    RankingMetric metric = RankingMetrics.parse("mrr");
    List<RankingMetric> metrics = List.of(metric);
    Map<String, JudgedRanking> rankings = Map.of("q", RANKING);
    RankingResult result = RankingResult.evaluate(rankings, metrics, EmptyQueries.SKIP);
    List<String> names = List.of();
    Map<String, double[]> values = Map.of();
    call("name", () -> RankingMetrics.parse(missing()));
    call("name", () -> new RankingMetric(missing(), ranking -> 0, Average.MEAN));
    call("formula", () -> new RankingMetric("", missing(), Average.MEAN));
    call("average", () -> new RankingMetric("", ranking -> 0, missing()));
    call("other", () -> metric.named(missing()));
    call("rankings", () -> RankingResult.evaluate(missing(), metrics, EmptyQueries.SKIP));
    call("metrics", () -> RankingResult.evaluate(rankings, missing(), EmptyQueries.SKIP));
    call("empties", () -> RankingResult.evaluate(rankings, metrics, missing()));
    call("metric", () -> result.average(missing()));
    call("metrics", () -> new RankingResult(missing(), values, NUMBERS, names));
    call("values", () -> new RankingResult(names, missing(), NUMBERS, names));
    call("averages", () -> new RankingResult(names, values, missing(), names));
    call("empty", () -> new RankingResult(names, values, NUMBERS, missing()));
  }

  private void files() {
    TieRule index = TieRule.INDEX;
    call("file", () -> TrecFiles.readQrels(missing()));
    call("file", () -> TrecFiles.readRun(missing()));
    call("qrels", () -> TrecFiles.join(missing(), Map.of(), index, 1, true));
    call("run", () -> TrecFiles.join(Map.of(), missing(), index, 1, true));
    call("ties", () -> TrecFiles.join(Map.of(), Map.of(), missing(), 1, true));
    call("file", () -> LibsvmFiles.readLabels(missing()));
    call("file", () -> LibsvmFiles.readRows(MissingArgumentsTest.<Path>missing()));
    call("file", () -> LibsvmFiles.readScores(missing()));
    call("queries", () -> LibsvmFiles.join(missing(), NUMBERS, index, 1));
    call("scores", () -> LibsvmFiles.join(List.of(), missing(), index, 1));
    call("ties", () -> LibsvmFiles.join(List.of(), NUMBERS, missing(), 1));
    call("query", () -> new LibsvmFiles.LabelledQuery(missing(), NUMBERS));
    call("labels", () -> new LibsvmFiles.LabelledQuery("", missing()));
  }

  @Override
  protected void calls() {
    formulas();
    rankings();
    metrics();
    files();
  }
}
