package io.solvegrad.evaluation.retrieval;

import io.solvegrad.process.MissingArguments;
import java.util.Arrays;
import java.util.List;

final class MissingArgumentsTest extends MissingArguments {
  private static final EmbeddingSet SET = new EmbeddingSet(new float[] {1, 2}, 1, new int[] {0, 0});
  private static final RetrievalTask TASK = RetrievalTask.within(SET);
  private static final RetrievalEvaluator EVALUATOR =
      new RetrievalEvaluator(Similarity.COSINE, TiePolicy.INDEX, 1);
  private static final List<RetrievalMetric> METRICS = RetrievalMetric.hitRates(1);
  private static final QueryBlock BLOCK = new QueryBlock(SET, new long[2][0]);
  private static final long[] IDS = {3, 7};
  private static final float[] NUMBERS = {1, 2};
  private static final int[] NONE = {};

  private void tasks() {
    call("values", () -> new EmbeddingSet(missing(), 1, NONE));
    call("classes", () -> new EmbeddingSet(NUMBERS, 1, missing()));
    call("values", () -> new EmbeddingSet(missing(), 1, NONE, null));
    call("classes", () -> new EmbeddingSet(NUMBERS, 1, missing(), null));
    call("queries", () -> new RetrievalTask(missing(), SET, false, null));
    call("gallery", () -> new RetrievalTask(SET, missing(), false, null));
    call("set", () -> RetrievalTask.within(missing()));
    call("queries", () -> RetrievalTask.against(missing(), SET));
    call("gallery", () -> RetrievalTask.against(SET, missing()));
    call("lists", () -> TASK.ignoring(missing()));
    callWithHole("ignored", () -> TASK.ignoring(new int[2][]));
  }

  private void evaluations() {
    call("similarity", () -> new RetrievalEvaluator(missing()));
    call("similarity", () -> new RetrievalEvaluator(missing(), TiePolicy.INDEX, 1));
    call("ties", () -> new RetrievalEvaluator(Similarity.COSINE, missing(), 1));
    call("task", () -> EVALUATOR.evaluate(missing(), METRICS));
    call("metrics", () -> EVALUATOR.evaluate(TASK, missing()));
    call("task", () -> EVALUATOR.evaluate(missing(), METRICS, (query, values) -> {}));
    call("metrics", () -> EVALUATOR.evaluate(TASK, missing(), (query, values) -> {}));
    call("listener", () -> EVALUATOR.evaluate(TASK, METRICS, missing()));
    callWithHole(
        "metrics", () -> EVALUATOR.evaluate(TASK, Arrays.asList(METRICS.getFirst(), missing())));
    call("task", () -> EVALUATOR.neighbors(missing(), NONE, 1));
    call("queries", () -> EVALUATOR.neighbors(TASK, missing(), 1));
  }

  private void metrics() {
    RetrievalResult result = EVALUATOR.evaluate(TASK, METRICS);
    call("name", () -> new RetrievalMetric(missing(), ranks -> 0));
    call("formula", () -> new RetrievalMetric("", missing()));
    call("cutoffs", () -> RetrievalMetric.hitRates(MissingArgumentsTest.<int[]>missing()));
    call("name", () -> RetrievalMetric.parse(missing()));
    call("metric", () -> result.mean(missing()));
    call("metric", () -> result.classMean(missing()));
    call("metric", () -> result.interval(missing(), 0.9, 10, 0));
    call("classOf", () -> new ResultBuilder(missing(), METRICS));
    call("metrics", () -> new ResultBuilder(NONE, missing()));
    callWithHole(
        "metrics", () -> new ResultBuilder(NONE, Arrays.asList(METRICS.getFirst(), missing())));
    call("ranks", () -> new ResultBuilder(new int[1], METRICS).addRanks(missing()));
  }

  private void results() {
    List<String> names = List.of();
    double[] totals = {};
    double[][] sums = {};
    call("items", () -> new Neighbors(0, missing(), NUMBERS));
    call("similarities", () -> new Neighbors(0, NONE, missing()));
    call("metrics", () -> new RetrievalResult(missing(), 0, NONE, totals, NONE, NONE, sums));
    call("lone", () -> new RetrievalResult(names, 0, missing(), totals, NONE, NONE, sums));
    call("totals", () -> new RetrievalResult(names, 0, NONE, missing(), NONE, NONE, sums));
    call("classes", () -> new RetrievalResult(names, 0, NONE, totals, missing(), NONE, sums));
    call("counts", () -> new RetrievalResult(names, 0, NONE, totals, NONE, missing(), sums));
    call("sums", () -> new RetrievalResult(names, 0, NONE, totals, NONE, NONE, missing()));
  }

  private void shards() {
    GalleryShard shard = new GalleryShard(IDS, SET, Similarity.COSINE);
    List<RelevantCandidates> relevant = shard.relevant(BLOCK);
    call("ids", () -> new GalleryShard(missing(), SET, Similarity.COSINE));
    call("items", () -> new GalleryShard(IDS, missing(), Similarity.COSINE));
    call("similarity", () -> new GalleryShard(IDS, SET, missing()));
    call("queries", () -> shard.relevant(missing()));
    call("queries", () -> shard.ahead(missing(), relevant, TiePolicy.INDEX));
    call("relevant", () -> shard.ahead(BLOCK, missing(), TiePolicy.INDEX));
    call("ties", () -> shard.ahead(BLOCK, relevant, missing()));
    call("queries", () -> shard.nearest(missing(), 1));
    call("counts", () -> GalleryShard.ranks(missing()));
    call("embeddings", () -> new QueryBlock(missing(), new long[0][]));
    call("ignored", () -> new QueryBlock(SET, missing()));
    callWithHole("ignored", () -> new QueryBlock(SET, new long[2][]));
    call("ids", () -> BLOCK.excludingSelf(missing()));
    call("ids", () -> new RelevantCandidates(missing(), NUMBERS));
    call("similarities", () -> new RelevantCandidates(IDS, missing()));
    call("parts", () -> RelevantCandidates.merge(missing()));
    call("ids", () -> new NearestItems(missing(), NUMBERS));
    call("similarities", () -> new NearestItems(IDS, missing()));
    call("parts", () -> NearestItems.merge(missing(), 1));
  }

  @Override
  protected void calls() {
    tasks();
    evaluations();
    metrics();
    results();
    shards();
  }
}
