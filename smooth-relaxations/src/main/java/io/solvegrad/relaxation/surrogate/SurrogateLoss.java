package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ListLoop;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.ScoreArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An objective on single lists made a loss on batches. Immutable; the methods that change a setting
 * return a new loss.
 *
 * <p>What the reductions divide by is the number of elements of the objective: 1 for listwise
 * losses, valid pairs for pairwise, valid items for pointwise ones. {@link Reduction#QUERY_MEAN} is
 * the mean over lists of the mean over elements, {@link Reduction#MICRO} the mean over all elements
 * of the batch (Rax's {@code mean}), {@link Reduction#TOTAL} the plain sum. Item weights multiply
 * losses and are not counted; query weights are. A mean over nothing is 0.
 *
 * <p>Cost: two readings of every list (its elements, then its loss), and what the objective costs;
 * plain rows of single-precision scores are read where they lie by the softmax loss. Memory for the
 * longest list on each thread and two numbers for each list. Whether sums, losses and gradients are
 * finite is looked at once a list: what labels, weights or the factor have made infinite or NaN is
 * refused with its row. A loss may be infinite where a score is and that is infinitely wrong;
 * scores of -infinity at which an objective has no limit are refused with their column, too, and
 * each objective says what it makes of them.
 */
public final class SurrogateLoss implements RankingLoss {
  private static final int PARALLEL_SCORES = 1 << 14;

  private final ListObjective objective;
  // Without one, rows may be read where they lie.
  private final @Nullable LabelTransform transform;
  private final Reduction reduction;
  private final boolean overNonZero;
  private final int threads;
  // Kept from one evaluation to the next, so that a step makes little garbage.
  private final AtomicReference<@Nullable List<Scratch>> spare = new AtomicReference<>();

  private SurrogateLoss(
      ListObjective objective,
      @Nullable LabelTransform transform,
      Reduction reduction,
      boolean overNonZero,
      int threads) {
    this.objective = objective;
    this.transform = transform;
    this.reduction = reduction;
    this.overNonZero = overNonZero;
    this.threads = threads;
  }

  /**
   * {@return the mean over queries of an objective, with labels as they are, on as many threads as
   * there are processors}
   *
   * @param objective the loss of one list
   */
  public static SurrogateLoss of(ListObjective objective) {
    Objects.requireNonNull(objective, "objective must not be null");
    return new SurrogateLoss(
        objective, null, Reduction.QUERY_MEAN, false, Runtime.getRuntime().availableProcessors());
  }

  /**
   * {@return the same loss on transformed labels}
   *
   * @param transform what is done to the labels of each list
   */
  public SurrogateLoss labels(LabelTransform transform) {
    Objects.requireNonNull(transform, "transform must not be null");
    return new SurrogateLoss(objective, transform, reduction, overNonZero, threads);
  }

  /**
   * {@return the same loss with another way to average}
   *
   * @param reduction how elements become one number
   */
  public SurrogateLoss reduction(Reduction reduction) {
    Objects.requireNonNull(reduction, "reduction must not be null");
    return new SurrogateLoss(objective, transform, reduction, overNonZero, threads);
  }

  /**
   * {@return the same loss, its means taken over the elements whose loss is not zero} Their number
   * counts as a constant. Costs a second evaluation.
   */
  public SurrogateLoss overNonZero() {
    return new SurrogateLoss(objective, transform, reduction, true, threads);
  }

  /**
   * {@return the same loss on at most this many threads} Value and gradient do not depend on it.
   *
   * @param count number of threads, the caller's included
   * @throws IllegalArgumentException if it is less than 1
   */
  public SurrogateLoss threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + count);
    }
    return new SurrogateLoss(objective, transform, reduction, overNonZero, count);
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    RankingLoss.requireGradient(batch, gradient);
    Objects.requireNonNull(diagnostics, "diagnostics must not be null");
    Checks.finite("factor", factor);
    return new Evaluation(batch, factor, gradient, workers(batch)).run(diagnostics);
  }

  @Override
  public double divisor(RankingBatch batch) {
    Objects.requireNonNull(batch, "batch must not be null");
    return new Evaluation(batch, 0, null, workers(batch)).divisor();
  }

  private int workers(RankingBatch batch) {
    return batch.layout().extent() < PARALLEL_SCORES ? 1 : threads;
  }

  /**
   * The losses of the lists before query weights and reduction: of each the sum over its elements.
   *
   * @param batch lists, scores and labels
   * @param losses receives a number for each list, 0 for a list without elements. Modified.
   * @throws IllegalArgumentException if there is less room than lists, or as {@link #evaluate}
   */
  public void losses(RankingBatch batch, double[] losses) {
    Objects.requireNonNull(batch, "batch must not be null");
    Objects.requireNonNull(losses, "losses must not be null");
    int lists = batch.layout().lists();
    if (losses.length < lists) {
      throw new IllegalArgumentException(
          "losses has room for %d of %d lists".formatted(losses.length, lists));
    }
    Arrays.fill(losses, 0, lists, 0);
    forEachList(batch, list -> losses[list.number()] = loss(list, 0));
  }

  /**
   * Tells the losses of the elements of all lists before query weights and reduction, what Rax
   * returns without a reduction: lists for listwise losses, pairs for pairwise, candidates for
   * pointwise ones. Elements that do not count are not told. On one thread, O(1) memory beyond the
   * longest list.
   *
   * @param batch lists, scores and labels
   * @param receiver takes the losses; those of a list in which one is refused may have been told
   * @throws IllegalArgumentException as {@link #evaluate}
   */
  public void elements(RankingBatch batch, ElementLosses receiver) {
    Objects.requireNonNull(batch, "batch must not be null");
    Objects.requireNonNull(receiver, "receiver must not be null");
    forEachList(
        batch,
        list ->
            objective.each(
                list,
                (q, first, second, loss) ->
                    receiver.accept(q, first, second, list.requireLoss(loss))));
  }

  /** The loss of a list; adds scale times its gradient to the list. */
  private double loss(LabelledList list, double scale) {
    double loss = list.requireLoss(objective.evaluate(list, scale));
    if (Double.isInfinite(loss) && scale == 0) {
      // Infinitely wrong. The value is refused where its gradient would be.
      objective.evaluate(list, 1);
      list.refuseGradient();
    }
    return loss;
  }

  private void forEachList(RankingBatch batch, Consumer<LabelledList> visit) {
    LabelledList list = new LabelledList();
    for (int q = 0; q < batch.layout().lists(); q++) {
      list.read(batch, q, transform);
      if (list.size() > 0 && objective.elements(list) > 0) {
        visit.accept(list);
      }
    }
  }

  /** What one thread needs. */
  private static final class Scratch {
    final LabelledList list = new LabelledList();
    final PlainRow row = new PlainRow();
  }

  /** One evaluation. */
  private final class Evaluation {
    private final RankingBatch batch;
    private final double factor;
    private final @Nullable ScoreArray gradient;
    private final int lists;
    private final double[] elements;
    private final double[] losses;
    private final List<Scratch> scratch;
    private final List<Diagnostics> records = new ArrayList<>();
    private double total;

    Evaluation(RankingBatch batch, double factor, @Nullable ScoreArray gradient, int workers) {
      this.batch = batch;
      this.factor = factor;
      this.gradient = gradient;
      lists = batch.layout().lists();
      elements = new double[lists];
      losses = new double[lists];
      List<Scratch> kept = spare.getAndSet(null);
      scratch = kept == null ? new ArrayList<>() : kept;
      while (scratch.size() < workers) {
        scratch.add(new Scratch());
      }
      for (int w = 0; w < workers; w++) {
        records.add(new Diagnostics());
      }
    }

    double run(Diagnostics diagnostics) {
      total = divisor();
      if (total == 0) {
        return 0;
      }
      ListLoop.run(lists, records.size(), this::evaluate);
      double sum = 0;
      for (double loss : losses) {
        sum += loss;
      }
      records.forEach(diagnostics::add);
      spare.set(scratch);
      double loss = factor == 0 ? 0 : factor * sum;
      if (!Double.isFinite(loss) && (Double.isNaN(loss) || !infinitelyWrong())) {
        throw Checks.outOfRange(
            Double.isFinite(sum) ? "product of factor and loss" : "sum of losses", loss);
      }
      return loss;
    }

    private boolean infinitelyWrong() {
      return Arrays.stream(losses).anyMatch(Double::isInfinite);
    }

    double divisor() {
      ListLoop.run(lists, records.size(), this::count);
      return total();
    }

    private @Nullable RowObjective asRow(int worker, int q) {
      boolean plain = transform == null && !overNonZero;
      return plain
              && objective instanceof RowObjective rows
              && scratch.get(worker).row.show(batch, q, gradient)
          ? rows
          : null;
    }

    private void count(int worker, int q) {
      if (batch.queryWeight(q) > 0 && asRow(worker, q) != null) {
        elements[q] = 1;
        return;
      }
      LabelledList list = scratch.get(worker).list;
      list.read(batch, q, transform);
      if (list.size() == 0) {
        return;
      }
      elements[q] = list.requireFinite("number of elements", objective.elements(list));
      if (overNonZero && elements[q] > 0) {
        double loss = objective.evaluate(list, 0);
        elements[q] = elements[q] == 1 ? (loss == 0 ? 0 : 1) : list.nonZero();
      }
    }

    private double total() {
      double sum = 0;
      for (int q = 0; q < lists; q++) {
        double share = reduction == Reduction.MICRO ? elements[q] : 1;
        sum += elements[q] > 0 ? batch.queryWeight(q) * share : 0;
      }
      if (sum == Double.POSITIVE_INFINITY) {
        String times = reduction == Reduction.MICRO ? " times elements" : "";
        throw Checks.outOfRange("sum of query weights" + times, sum);
      }
      boolean mean = reduction == Reduction.QUERY_MEAN || reduction == Reduction.MICRO;
      return mean || sum == 0 ? sum : 1;
    }

    private void evaluate(int worker, int q) {
      double weight = batch.queryWeight(q);
      if (elements[q] == 0 || weight == 0) {
        return;
      }
      boolean perList = reduction == Reduction.QUERY_MEAN || reduction == Reduction.SUM;
      double divisor = perList ? total * elements[q] : total;
      double scale = weight / divisor;
      if (!Double.isFinite(divisor) || !Double.isFinite(factor * scale)) {
        throw Double.isFinite(divisor)
            ? Checks.outOfRange("factor of row " + q, factor * scale)
            : Checks.outOfRange("divisor of row " + q, divisor);
      }
      RowObjective rows = asRow(worker, q);
      if (rows != null) {
        PlainRow row = scratch.get(worker).row;
        double loss = rows.evaluateRow(row, factor * scale);
        if (!Double.isNaN(loss)) {
          losses[q] = weighted(q, scale, loss);
          if (gradient != null && (loss != 0 || row.moved > 0)) {
            records.get(worker).record(row.size, row.moved);
          }
          return;
        }
      }
      LabelledList list = scratch.get(worker).list;
      list.read(batch, q, transform);
      ScoreArray target = gradient;
      losses[q] = weighted(q, scale, loss(list, target == null ? 0 : factor * scale));
      if (target != null) {
        int moved = list.scatter(target);
        // Where nothing is relevant, there may be nothing to learn, and a gradient is not missed.
        if (moved > 0 || list.hasRelevant()) {
          records.get(worker).record(list.size(), moved);
        }
      }
    }

    private double weighted(int q, double scale, double loss) {
      double weighted = scale * loss;
      if (!Double.isFinite(weighted) && Double.isFinite(loss)) {
        throw Checks.outOfRange("weighted loss of row " + q, weighted);
      }
      return weighted;
    }
  }
}
