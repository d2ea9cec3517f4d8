package io.solvegrad.ejml;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The loss of a head on a batch, and its gradient: every row is a query, all others and the
 * remembered rows are its candidates, those of its class are relevant, scores are cosines.
 *
 * @param loss the loss
 * @param weights its gradient, in the order of {@link EmbeddingHead#weights}
 * @param embeddings of the batch, row after row
 */
public record HeadGradient(double loss, float[] weights, float[] embeddings) {

  /**
   * Evaluates a batch; cost: two products of (batch x features x outputs) and three of (batch x
   * candidates x outputs) on one thread, and the loss. The same bits on every machine if the loss
   * gives them.
   *
   * @param head the embedding. Not modified.
   * @param loss any ranking loss
   * @param features of the batch, row after row. Not modified.
   * @param classes the class of each row; only equality counts. Not modified.
   * @param remembered further candidates. Not modified.
   * @param diagnostics receives what the gradients were like. Modified (added to).
   * @return loss and gradient
   * @throws IllegalArgumentException if features, classes and remembered rows do not fit, or a
   *     feature is NaN or infinite
   */
  public static HeadGradient of(
      EmbeddingHead head,
      RankingLoss loss,
      float[] features,
      int[] classes,
      RememberedRows remembered,
      Diagnostics diagnostics) {
    FMatrixRMaj rows = head.features(features);
    int items = rows.numRows;
    if (classes.length != items) {
      throw new IllegalArgumentException(
          "there are %d classes for %d rows".formatted(classes.length, items));
    }
    int outputs = head.weights().numCols;
    remembered.requireDimension(outputs);
    FMatrixRMaj embeddings = head.image(rows);
    float[] norms = EmbeddingHead.normalise(embeddings);
    FMatrixRMaj candidates = candidates(embeddings, remembered);
    FMatrixRMaj scores = new FMatrixRMaj(items, candidates.numRows);
    CommonOps_FDRM.multTransB(embeddings, candidates, scores);
    FMatrixRMaj upstream = new FMatrixRMaj(items, candidates.numRows);
    int[] candidateClasses = Arrays.copyOf(classes, candidates.numRows);
    System.arraycopy(remembered.classes(), 0, candidateClasses, items, remembered.classes().length);
    RankingBatch batch =
        RankingBatch.rows(
                ScoreArray.of(scores.data),
                items,
                candidates.numRows,
                Relevance.of(ItemSets.sameId(classes, candidateClasses)))
            .excluding(ItemSets.self());
    double value = loss.evaluate(batch, 1, ScoreArray.of(upstream.data), diagnostics);
    FMatrixRMaj gradient = new FMatrixRMaj(rows.numCols, outputs);
    CommonOps_FDRM.multTransA(
        rows, throughCosines(embeddings, candidates, norms, upstream), gradient);
    return new HeadGradient(value, gradient.data, embeddings.data);
  }

  private static FMatrixRMaj candidates(FMatrixRMaj embeddings, RememberedRows remembered) {
    int further = remembered.classes().length;
    if (further == 0) {
      return embeddings;
    }
    FMatrixRMaj all = new FMatrixRMaj(embeddings.numRows + further, embeddings.numCols);
    System.arraycopy(embeddings.data, 0, all.data, 0, embeddings.data.length);
    float[] former = remembered.embeddings();
    System.arraycopy(former, 0, all.data, embeddings.data.length, former.length);
    return all;
  }

  /**
   * From dL/dscores to dL/d(W'x): through both sides of every dot product within the batch, one
   * side of those with remembered rows, and the normalisation.
   */
  private static FMatrixRMaj throughCosines(
      FMatrixRMaj embeddings, FMatrixRMaj candidates, float[] norms, FMatrixRMaj upstream) {
    FMatrixRMaj result = new FMatrixRMaj(embeddings.numRows, embeddings.numCols);
    CommonOps_FDRM.mult(upstream, candidates, result);
    FMatrixRMaj within =
        candidates.numRows == embeddings.numRows
            ? upstream
            : CommonOps_FDRM.extract(upstream, 0, embeddings.numRows, 0, embeddings.numRows);
    CommonOps_FDRM.multAddTransA(within, embeddings, result);
    for (int i = 0; i < result.numRows; i++) {
      int begin = i * result.numCols;
      double along = 0;
      for (int c = begin; c < begin + result.numCols; c++) {
        along += (double) result.data[c] * embeddings.data[c];
      }
      for (int c = begin; c < begin + result.numCols; c++) {
        result.data[c] = (float) ((result.data[c] - along * embeddings.data[c]) / norms[i]);
      }
    }
    return result;
  }
}
