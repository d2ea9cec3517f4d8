package io.solvegrad.ranking;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loss on other lists of the same matrix: on its columns, as for classes over the items of a
 * batch, or on all cells as one list, which ranks across classes.
 */
public enum MatrixView {
  /** One list a column. */
  COLUMNS {
    @Override
    RankingBatch of(RankingBatch batch) {
      return batch.columns();
    }
  },
  /** One list in all, row by row. */
  FLAT {
    @Override
    RankingBatch of(RankingBatch batch) {
      return batch.flat();
    }
  };

  abstract RankingBatch of(RankingBatch batch);

  /**
   * A loss that shows this view of a batch to another loss. Labels, exclusions and item weights
   * must be given for each cell.
   *
   * @param loss what is evaluated on the view
   * @return the loss on batches of which it sees this view
   */
  public RankingLoss apply(RankingLoss loss) {
    return new OnView(this, Objects.requireNonNull(loss, "loss must not be null"));
  }

  private record OnView(MatrixView view, RankingLoss loss) implements RankingLoss {
    @Override
    public double evaluate(
        RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
      Objects.requireNonNull(batch, "batch must not be null");
      return loss.evaluate(view.of(batch), factor, gradient, diagnostics);
    }

    @Override
    public double divisor(RankingBatch batch) {
      return loss.divisor(view.of(batch));
    }
  }
}
