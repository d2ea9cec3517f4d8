package io.solvegrad.evaluation;

import io.solvegrad.evaluation.ranking.EmptyQueries;
import io.solvegrad.evaluation.ranking.JudgedRanking;
import io.solvegrad.evaluation.ranking.LibsvmFiles;
import io.solvegrad.evaluation.ranking.LibsvmFiles.LabelledQuery;
import io.solvegrad.evaluation.ranking.RankingMetric;
import io.solvegrad.evaluation.ranking.RankingMetrics;
import io.solvegrad.evaluation.ranking.RankingResult;
import io.solvegrad.evaluation.ranking.TieRule;
import io.solvegrad.evaluation.ranking.TrecFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Evaluates ranked lists with labels: TREC files, or libsvm data with scores. */
final class RankingOptions {
  private static final List<String> LIBSVM_METRICS =
      List.of(
          "ndcg_burges@1",
          "ndcg_burges@5",
          "ndcg_burges@10",
          "ndcg_burges",
          "ndcg@10",
          "map",
          "mrr",
          "precision@10",
          "recall@10",
          "hitRate@1",
          "hitRate@10");

  @Option(names = "--qrels", paramLabel = "F", description = "TREC relevance judgments.")
  @Nullable Path qrels;

  @Option(names = "--run", paramLabel = "F", description = "A TREC run.")
  @Nullable Path run;

  @Option(
      names = "--libsvm",
      paramLabel = "F",
      description = "libsvm data with qid, or with query sizes in F.query or F.group.")
  @Nullable Path libsvm;

  @Option(names = "--scores", paramLabel = "F", description = "One score a line for --libsvm.")
  @Nullable Path scores;

  @Option(
      names = "--relevance-level",
      paramLabel = "L",
      description = "The smallest label that is relevant (default 1).")
  double level = 1;

  @Option(
      names = "--complete",
      description = "Count judged queries that the run lacks as having found nothing.")
  boolean complete;

  @Option(
      names = "--judged-only",
      description = "For --qrels: take items that nobody judged out of the run (trec_eval's -J).")
  boolean judgedOnly;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "For --qrels: the first N items of each query count (trec_eval's -M).")
  int depth = Integer.MAX_VALUE;

  @Option(
      names = "--empty",
      paramLabel = "HOW",
      description =
          "What a query without relevant items counts: skip, zero or one. "
              + "Default: zero for --qrels as in trec_eval, skip for --libsvm.")
  @Nullable EmptyQueries empty;

  Report evaluate(CommonOptions common) throws IOException {
    if (!Double.isFinite(level)) {
      throw new IllegalArgumentException("--relevance-level " + level + " is not a finite number");
    }
    if (depth < 1) {
      throw new IllegalArgumentException("--depth " + depth + " is not at least 1");
    }
    if (qrels != null || run != null) {
      if (qrels == null || run == null || libsvm != null || scores != null) {
        throw new IllegalArgumentException("--qrels and --run go together, without --libsvm");
      }
      return trec(qrels, run, common);
    }
    if (libsvm == null || scores == null) {
      throw new IllegalArgumentException(
          "--libsvm and --scores go together, and so do --qrels and --run");
    }
    if (judgedOnly || depth < Integer.MAX_VALUE || complete) {
      throw new IllegalArgumentException(
          "--judged-only, --depth and --complete are for --qrels and --run");
    }
    return libsvm(libsvm, scores, common);
  }

  private Report trec(Path qrelsFile, Path runFile, CommonOptions common) throws IOException {
    List<RankingMetric> metrics = metrics(common, RankingMetrics.official());
    TieRule ties = common.tieRule(TieRule.class, TieRule.TREC);
    Map<String, Map<String, Integer>> judgments = TrecFiles.readQrels(qrelsFile);
    Map<String, Map<String, Double>> found = TrecFiles.readRun(runFile);
    Map<String, JudgedRanking> rankings = TrecFiles.join(judgments, found, ties, level, complete);
    rankings.replaceAll((query, ranking) -> {
      JudgedRanking first = ranking.first(depth);
      return judgedOnly ? first.judgedOnly() : first;
    });
    if (rankings.isEmpty()) {
      throw new IllegalArgumentException(
          "no query of %s is judged in %s".formatted(runFile, qrelsFile));
    }
    List<String> notes = new ArrayList<>();
    count(notes, found, judgments, "queries of the run are not judged and count nowhere");
    count(
        notes,
        judgments,
        found,
        complete
            ? "judged queries are not in the run and count as having found nothing"
            : "judged queries are not in the run and count nowhere (--complete counts them)");
    return report(rankings, metrics, ties, EmptyQueries.ZERO, common, notes);
  }

  private static void count(
      List<String> notes, Map<String, ?> some, Map<String, ?> others, String what) {
    long missing = some.keySet().stream().filter(query -> !others.containsKey(query)).count();
    if (missing > 0) {
      notes.add(missing + " " + what + ".");
    }
  }

  private Report libsvm(Path data, Path scoreFile, CommonOptions common) throws IOException {
    List<RankingMetric> metrics =
        metrics(common, LIBSVM_METRICS.stream().map(RankingMetrics::parse).toList());
    TieRule ties = common.tieRule(TieRule.class, TieRule.INDEX);
    List<LabelledQuery> queries = LibsvmFiles.readLabels(data);
    double[] values = LibsvmFiles.readScores(scoreFile);
    Map<String, JudgedRanking> rankings = LibsvmFiles.join(queries, values, ties, level);
    return report(rankings, metrics, ties, EmptyQueries.SKIP, common, new ArrayList<>());
  }

  private static List<RankingMetric> metrics(CommonOptions common, List<RankingMetric> usual) {
    return common.metrics.isEmpty()
        ? usual
        : common.metrics.stream()
            .flatMap(name ->
                switch (name) {
                  case "official" -> RankingMetrics.official().stream();
                  case "all_trec" -> RankingMetrics.allTrec().stream();
                  default -> Stream.of(RankingMetrics.parse(name));
                })
            .toList();
  }

  private Report report(
      Map<String, JudgedRanking> rankings,
      List<RankingMetric> metrics,
      TieRule ties,
      EmptyQueries usualEmpty,
      CommonOptions common,
      List<String> notes) {
    EmptyQueries empties = empty == null ? usualEmpty : empty;
    RankingResult result = RankingResult.evaluate(rankings, metrics, empties);
    if (!result.empty().isEmpty()) {
      notes.add(
          "%d of %d queries have no relevant item and count %s: %s."
              .formatted(
                  result.empty().size(),
                  rankings.size(),
                  switch (empties) {
                    case SKIP -> "nowhere";
                    case ZERO -> "0";
                    case ONE -> "1";
                  },
                  Names.shortened(result.empty())));
    }
    Map<String, Object> averages = new LinkedHashMap<>();
    Table table = new Table(List.of("metric", "all queries"));
    for (int m = 0; m < metrics.size(); m++) {
      averages.put(result.metrics().get(m), result.averages()[m]);
      table.row(
          result.metrics().get(m),
          Names.plain(result.averages()[m], metrics.get(m).average() == RankingMetric.Average.SUM));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("evaluation", "ranking");
    json.put("queries", result.values().size());
    json.put("ties", Names.lower(ties));
    json.put("relevanceLevel", level);
    json.put("queriesWithoutRelevant", result.empty());
    json.put("metrics", averages);
    List<Table> tables = new ArrayList<>(List.of(table));
    if (common.perQuery) {
      tables.add(perQuery(result, json));
    }
    return new Report(json, tables, notes);
  }

  private static Table perQuery(RankingResult result, Map<String, Object> json) {
    Table table = new Table(Stream.concat(Stream.of("query"), result.metrics().stream()).toList());
    Map<String, Object> perQuery = new LinkedHashMap<>();
    result
        .values()
        .forEach((query, values) -> {
          perQuery.put(query, Names.zip(result.metrics(), values));
          table.row(Names.cells(query, values));
        });
    json.put("perQuery", perQuery);
    return table;
  }
}
