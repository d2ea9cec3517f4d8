package io.solvegrad.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scratch of one running evaluation of a {@link MetricLoss}, kept for the next one. */
final class Evaluation<V extends PositionValues> {

  /** What a loss consists of. */
  record Plan<V extends PositionValues>(
      RankMetric<? super V> metric,
      Ranker<V> ranker,
      double margin,
      Reduction reduction,
      EmptyQueries emptyQueries,
      boolean negated) {

    Plan<V> withMargin(double other) {
      return new Plan<>(metric, ranker, other, reduction, emptyQueries, negated);
    }

    Plan<V> withReduction(Reduction other) {
      return new Plan<>(metric, ranker, margin, other, emptyQueries, negated);
    }

    Plan<V> withEmptyQueries(EmptyQueries other) {
      return new Plan<>(metric, ranker, margin, reduction, other, negated);
    }

    Plan<V> asNegated() {
      return new Plan<>(metric, ranker, margin, reduction, emptyQueries, true);
    }
  }

  /** What one thread needs. */
  private static final class Worker<V extends PositionValues> {
    final CandidateList list = new CandidateList();
    final RankKernel kernel = RankKernels.newKernel();
    final Diagnostics diagnostics = new Diagnostics();
    final Ranker.Pass<V> pass;

    Worker(Ranker<V> ranker) {
      pass = ranker.newPass();
    }
  }

  private static final double NOTHING_RANKED = -1;
  // A smaller loss of a list is rounding.
  private static final double WORTH_A_GRADIENT = 1e-9;

  private final Plan<V> plan;
  private final List<Worker<V>> workers = new ArrayList<>();
  // Made once: a lambda made in every step would be garbage.
  private final ListLoop.Task normalise = this::normalise;
  private final ListLoop.Task rank = this::rank;
  private double[] normalisers = {};
  private double[] losses = {};

  private RankingBatch batch =
      RankingBatch.of(
          ScoreArray.of(new float[0]), Layout.rows(0, 0), Relevance.of(ItemSets.none()));
  private final Diagnostics step = new Diagnostics();
  private double factor;
  private double total;
  // What the loss would be if the metric of every list that counts were 0.
  private double share;
  private @Nullable ScoreArray gradient;

  Evaluation(Plan<V> plan) {
    this.plan = plan;
  }

  double run(
      RankingBatch current,
      double currentFactor,
      @Nullable ScoreArray target,
      Diagnostics diagnostics,
      int threads) {
    int lists = start(current, currentFactor, target, threads);
    total = total(lists);
    ListLoop.run(lists, threads, rank);
    double loss = plan.negated ? -share : 0;
    for (int q = 0; q < lists; q++) {
      loss += losses[q];
    }
    step.reset();
    for (int w = 0; w < threads; w++) {
      step.add(workers.get(w).diagnostics);
      workers.get(w).diagnostics.reset();
    }
    diagnostics.add(step);
    return factor * loss;
  }

  /** What the gradients of the last run were like. */
  Diagnostics step() {
    return step;
  }

  /** What the losses of lists, or the losses before their normalisers, are divided by. */
  double divisor(RankingBatch current, int threads) {
    return total(start(current, 0, null, threads));
  }

  /** The metric of each list, without weights and reduction. */
  void each(RankingBatch current, double[] target, int threads) {
    int lists = start(current, 0, null, threads);
    ListLoop.run(lists, threads, this::measure);
    System.arraycopy(losses, 0, target, 0, lists);
  }

  /** Makes room and finds the normalisers; returns the number of lists. */
  private int start(
      RankingBatch current, double currentFactor, @Nullable ScoreArray target, int threads) {
    batch = current;
    factor = currentFactor;
    gradient = target;
    int lists = batch.layout().lists();
    if (normalisers.length < lists) {
      normalisers = new double[lists];
      losses = new double[lists];
    }
    while (workers.size() < threads) {
      workers.add(new Worker<>(plan.ranker));
    }
    for (int w = 0; w < threads; w++) {
      workers.get(w).list.allowThreads(Math.max(1, threads / Math.max(1, lists)));
    }
    ListLoop.run(lists, threads, normalise);
    return lists;
  }

  /** Labels only: what the loss of the list is divided by. */
  private void normalise(int worker, int q) {
    CandidateList list = workers.get(worker).list;
    list.readLabels(batch, q);
    if (list.candidates() == 0) {
      normalisers[q] = NOTHING_RANKED;
    } else {
      normalisers[q] = list.ideal().count() == 0 ? 0 : plan.metric.normaliser(list);
      if (!(normalisers[q] >= 0 && normalisers[q] < Double.POSITIVE_INFINITY)) {
        throw outOfRange("normaliser of row " + q, normalisers[q]);
      }
    }
  }

  private static IllegalArgumentException outOfRange(String what, double number) {
    return new IllegalArgumentException(
        "the %s is %s. Maybe scale labels and weights.".formatted(what, number));
  }

  private double total(int lists) {
    boolean byNormaliser = plan.reduction == Reduction.MICRO || plan.reduction == Reduction.TOTAL;
    double sum = 0;
    for (int q = 0; q < lists; q++) {
      double normaliser = normalisers[q];
      boolean counts =
          normaliser > 0 || (normaliser == 0 && plan.emptyQueries != EmptyQueries.SKIP);
      if (counts) {
        sum += batch.queryWeight(q) * (byNormaliser && normaliser > 0 ? normaliser : 1);
      }
    }
    if (sum == Double.POSITIVE_INFINITY) {
      throw outOfRange("sum of query weights" + (byNormaliser ? " times normalisers" : ""), sum);
    }
    boolean mean = plan.reduction == Reduction.QUERY_MEAN || plan.reduction == Reduction.MICRO;
    share = mean && sum > 0 ? 1 : sum;
    return mean || sum == 0 ? sum : 1;
  }

  private void measure(int worker, int q) {
    double normaliser = normalisers[q];
    if (normaliser > 0) {
      losses[q] = 1 - rank(workers.get(worker), q, 1 / normaliser);
      return;
    }
    read(workers.get(worker), q, null);
    boolean leftOut = normaliser < 0 || plan.emptyQueries == EmptyQueries.SKIP;
    losses[q] = leftOut ? Double.NaN : plan.emptyQueries == EmptyQueries.ONE ? 1 : 0;
  }

  private void rank(int worker, int q) {
    double weight = batch.queryWeight(q);
    double normaliser = normalisers[q];
    losses[q] = 0;
    if (normaliser > 0 && weight > 0) {
      boolean normalised =
          plan.reduction == Reduction.QUERY_MEAN || plan.reduction == Reduction.SUM;
      double divisor = normalised ? total * normaliser : total;
      if (divisor == Double.POSITIVE_INFINITY) {
        throw outOfRange("divisor of row " + q, divisor);
      }
      losses[q] = rank(workers.get(worker), q, weight / divisor);
      return;
    }
    // A broken model is not to go unnoticed where there is nothing to rank.
    read(workers.get(worker), q, null);
    if (normaliser == 0 && weight > 0 && plan.emptyQueries == EmptyQueries.ZERO) {
      losses[q] = weight / total;
    }
  }

  private double rank(Worker<V> worker, int q, double scale) {
    CandidateList list = read(worker, q, gradient);
    if (!Double.isFinite(factor * scale)) {
      throw outOfRange(
          "factor of row " + q, scale == Double.POSITIVE_INFINITY ? scale : factor * scale);
    }
    V values = worker.pass.forward(list);
    double loss = plan.metric.loss(list, values, factor * scale);
    if (!Double.isFinite(loss)) {
      throw hasMissing(list)
          ? new IllegalArgumentException(
              "the loss of row %d is %s: a relevant candidate has the score -Infinity, and the metric has no bound"
                  .formatted(q, loss))
          : outOfRange("loss that the metric gave for row " + q, loss);
    }
    ScoreArray target = gradient;
    if (target != null) {
      long zeros = worker.diagnostics.zeroGradientLists();
      worker.pass.backward(list, worker.diagnostics);
      // Not its sign: DCG has no bound, so that its loss may be negative.
      if (Math.abs(loss) > WORTH_A_GRADIENT && isOutOfOrder(list, values)) {
        worker.diagnostics.recordLoss(worker.diagnostics.zeroGradientLists() > zeros);
      }
      list.scatter(batch, q, target);
    }
    return scale * loss;
  }

  private static boolean hasMissing(CandidateList list) {
    return Arrays.stream(list.targetScores(), 0, list.count())
        .anyMatch(score -> score == Double.NEGATIVE_INFINITY);
  }

  /**
   * Whether a candidate stands ahead of one with a better label; unless it does, a better order
   * does not exist, whatever loss is left: precision@k of fewer than k relevant candidates, say.
   */
  private boolean isOutOfOrder(CandidateList list, V values) {
    if (!(values instanceof Ranks ranks)) {
      return true;
    }
    int count = list.count();
    double[] grades = list.scratch(count);
    for (int k = 0; k < count; k++) {
      double among = ranks.among(k);
      // Soft ranks are hardly ever equal, and never known to be in order.
      if (ranks.rank(k) != among || among != Math.rint(among) || among < 1 || among > count) {
        return true;
      }
      grades[(int) among - 1] = list.grade(k);
    }
    for (int place = 1; place < count; place++) {
      if (grades[place] > grades[place - 1]) {
        return true;
      }
    }
    return false;
  }

  /** Reads labels and scores of a list and makes sure that it can be ranked. */
  private CandidateList read(Worker<V> worker, int q, @Nullable ScoreArray target) {
    CandidateList list = worker.list;
    list.readLabels(batch, q);
    list.readScores(batch, q, plan.margin, target);
    int nan = worker.kernel.firstNaN(list.scores(), list.offset(), list.candidates());
    if (nan >= 0) {
      throw new IllegalArgumentException(
          "score is NaN at " + batch.place(q, list.originalPosition(nan)));
    }
    return list;
  }
}
