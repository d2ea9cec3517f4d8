package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How labels and predictions of DJL are lists of scored candidates. */
interface BatchForm {

  /** The matrix of scores, made of the predictions by the engine. */
  NDArray scores(NDArray predictions);

  /** What makes the batch of the scores, the labels read and checked already. */
  Function<ScoreArray, RankingBatch> batch(NDList labels, Shape predictions);

  /** A score and a label for each cell of a matrix. */
  static BatchForm scores() {
    return new BatchForm() {
      @Override
      public NDArray scores(NDArray predictions) {
        return predictions;
      }

      @Override
      public Function<ScoreArray, RankingBatch> batch(NDList labels, Shape predictions) {
        NDArray relevance = labels.singletonOrThrow();
        if (predictions.dimension() != 2 || !predictions.equals(relevance.getShape())) {
          throw new IllegalArgumentException(
              "predictions of shape %s and labels of shape %s must be two equal matrices"
                  .formatted(predictions, relevance.getShape()));
        }
        return cells(predictions, CellLabels.read(relevance));
      }
    };
  }

  /** A score for each class, and the class of each item. */
  static BatchForm classification() {
    return new BatchForm() {
      @Override
      public NDArray scores(NDArray predictions) {
        return predictions;
      }

      @Override
      public Function<ScoreArray, RankingBatch> batch(NDList labels, Shape predictions) {
        int items = rows("scores", predictions);
        int classes = (int) predictions.get(1);
        int[] truth = ids("classes", labels.singletonOrThrow(), items);
        int[] offsets = new int[items + 1];
        for (int i = 0; i < items; i++) {
          offsets[i + 1] = i + 1;
          if (truth[i] < 0 || truth[i] >= classes) {
            throw new IllegalArgumentException(
                "class of item %d is %d, but there are scores for %d classes"
                    .formatted(i, truth[i], classes));
          }
        }
        return cells(predictions, Relevance.of(ItemSets.compressed(offsets, truth)));
      }
    };
  }

  /** Embeddings with a class each, and maybe a source. */
  static BatchForm embeddings() {
    return new BatchForm() {
      @Override
      public NDArray scores(NDArray predictions) {
        return predictions.matMul(predictions.transpose());
      }

      @Override
      public Function<ScoreArray, RankingBatch> batch(NDList labels, Shape predictions) {
        int items = rows("embeddings", predictions);
        int[] classes = ids("classes", labels.get(0), items);
        int @Nullable [] sources = labels.size() > 1 ? ids("sources", labels.get(1), items) : null;
        ItemSets excluded = sources == null ? ItemSets.self() : ItemSets.sameId(sources, sources);
        Relevance relevance = Relevance.of(ItemSets.sameId(classes, classes));
        return scores -> RankingBatch.rows(scores, items, items, relevance).excluding(excluded);
      }
    };
  }

  private static Function<ScoreArray, RankingBatch> cells(Shape shape, Relevance relevance) {
    int rows = (int) shape.get(0);
    int columns = (int) shape.get(1);
    return scores -> RankingBatch.rows(scores, rows, columns, relevance);
  }

  /** The number of rows of a matrix. */
  static int rows(String name, Shape shape) {
    if (shape.dimension() != 2) {
      throw new IllegalArgumentException(
          "%s must be a matrix, but have shape %s".formatted(name, shape));
    }
    return (int) shape.get(0);
  }

  /** A whole number for each item. */
  static int[] ids(String name, NDArray labels, int items) {
    if (labels.size() != items || !labels.getDataType().isInteger()) {
      throw new IllegalArgumentException(
          "%s must be one whole number for each of %d items, but are %s of shape %s"
              .formatted(name, items, labels.getDataType(), labels.getShape()));
    }
    // Engines cut long numbers to 32 bits without a word, and different ones become the same.
    try (NDArray integers = labels.toType(DataType.INT64, true)) {
      long[] wide = integers.toLongArray();
      int[] narrow = new int[items];
      for (int i = 0; i < items; i++) {
        narrow[i] = (int) wide[i];
        if (narrow[i] != wide[i]) {
          throw new IllegalArgumentException(
              "%s must fit 32 bits, but that of item %d is %d".formatted(name, i, wide[i]));
        }
      }
      return narrow;
    }
  }
}
