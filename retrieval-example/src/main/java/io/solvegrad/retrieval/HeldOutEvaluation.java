package io.solvegrad.retrieval;

import io.solvegrad.evaluation.retrieval.EmbeddingSet;
import io.solvegrad.evaluation.retrieval.Neighbors;
import io.solvegrad.evaluation.retrieval.RetrievalEvaluator;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.RetrievalTask;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.evaluation.retrieval.TiePolicy;
import io.solvegrad.retrieval.data.ImageCollection;
import io.solvegrad.retrieval.report.HitRates;
import java.util.Arrays;
import java.util.List;

/**
 * Measures embeddings of the images of unseen classes: every image is a query, and its candidates
 * are the images of other sources.
 *
 * @param images the images
 * @param threads how many threads measure
 */
public record HeldOutEvaluation(ImageCollection images, int threads) {

  /** The pixels as they are, as embeddings. */
  float[] rawPixels() {
    float[] pixels = new float[Math.multiplyExact(images.size(), ImageCollection.PIXELS)];
    for (int i = 0; i < images.size(); i++) {
      images.copyPixels(i, pixels, i * ImageCollection.PIXELS);
    }
    return pixels;
  }

  /**
   * Metrics under the cosine; equal cosines count against the embedding.
   *
   * @param embeddings one after the other. Not modified.
   * @param metrics what to compute
   * @return the metrics
   */
  public RetrievalResult result(float[] embeddings, List<RetrievalMetric> metrics) {
    return evaluator().evaluate(task(embeddings), metrics);
  }

  /** Hit rates. */
  HitRates measure(String name, float[] embeddings) {
    RetrievalResult result = result(embeddings, RetrievalMetric.hitRates(1, 10, 100));
    return new HitRates(
        name, result.mean("hitRate@1"), result.mean("hitRate@10"), result.mean("hitRate@100"));
  }

  /** The nearest candidates of some queries, nearest first. */
  List<List<Integer>> nearest(float[] embeddings, int[] queries, int count) {
    return evaluator().neighbors(task(embeddings), queries, count).stream()
        .map(Neighbors::items)
        .map(items -> Arrays.stream(items).boxed().toList())
        .toList();
  }

  private RetrievalEvaluator evaluator() {
    return new RetrievalEvaluator(Similarity.COSINE, TiePolicy.PESSIMISTIC, threads);
  }

  private RetrievalTask task(float[] embeddings) {
    int dimension = embeddings.length / images.size();
    return RetrievalTask.within(
        new EmbeddingSet(embeddings, dimension, images.classIds(), images.sourceIds()));
  }
}
