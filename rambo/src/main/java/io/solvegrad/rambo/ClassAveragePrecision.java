package io.solvegrad.rambo;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RandomMargin;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.WeightedSum;
import io.solvegrad.solver.Lambda;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * RaMBO's average precision loss for classification and detection: (1 - beta) times the mean over
 * classes of 1 - AP, each class ranking the items of the batch and of the memory, plus beta times 1
 * - AP of all cells of the current batch in one ranking across classes.
 *
 * <p>A batch is a matrix with one item a row and one class a column. Classes without a positive
 * item are left out of the mean; if there is none at all, the loss is 0. The published setting for
 * detection is beta 1/3, margin 0.15, {@code Lambda.normalised(0.5)} and a memory of 7 batches. Not
 * thread-safe, because of the memory: a loss belongs to one training loop.
 *
 * <p>Source: Rolinek et al., CVPR 2020, arXiv:1912.03500, section 4.6.
 */
public final class ClassAveragePrecision implements RankingLoss {

  /**
   * The settings of the loss.
   *
   * @param lambda the interpolation strength
   * @param margin by which positive items must lead, 0 or more
   * @param interclass beta, between 0 and 1
   * @param memory how many former items each class also ranks, 0 or more
   * @param epsilon see {@link AveragePrecision}
   * @param marginSeed where the draws of a {@link RandomMargin} start, as in the published code;
   *     null for a constant margin, as in the paper
   */
  public record Settings(
      Lambda lambda,
      double margin,
      double interclass,
      int memory,
      double epsilon,
      @Nullable Long marginSeed) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if beta is not between 0 and 1, margin or epsilon is
     *     negative or not finite, or memory is negative
     */
    public Settings {
      Objects.requireNonNull(lambda, "lambda must not be null");
      if (!(interclass >= 0 && interclass <= 1)) {
        throw new IllegalArgumentException(
            "interclass must be between 0 and 1, but is " + interclass);
      }
      requireNotNegative("margin", margin);
      requireNotNegative("epsilon", epsilon);
      if (memory < 0) {
        throw new IllegalArgumentException("memory must not be negative, but is " + memory);
      }
    }

    private static void requireNotNegative(String name, double value) {
      if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            name + " must be finite and not negative, but is " + value);
      }
    }

    /**
     * Settings with a constant margin.
     *
     * @param lambda the interpolation strength
     * @param margin by which positive items must lead, 0 or more
     * @param interclass beta, between 0 and 1
     * @param memory how many former items each class also ranks, 0 or more
     * @param epsilon see {@link AveragePrecision}
     */
    public Settings(Lambda lambda, double margin, double interclass, int memory, double epsilon) {
      this(lambda, margin, interclass, memory, epsilon, null);
    }

    /**
     * {@return the same settings with a margin drawn anew for every score}
     *
     * @param seed where the draws start
     */
    public Settings withRandomMargin(long seed) {
      return new Settings(lambda, margin, interclass, memory, epsilon, seed);
    }

    /**
     * No margin, no interclass term, no memory, no epsilon.
     *
     * @param lambda the interpolation strength
     */
    public Settings(Lambda lambda) {
      this(lambda, 0, 0, 0, 0);
    }
  }

  private final ScoreMemory memory;
  private final RankingLoss loss;

  /**
   * The loss with these settings and an empty memory.
   *
   * @param settings the settings
   */
  public ClassAveragePrecision(Settings settings) {
    this(settings, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The loss with these settings and an empty memory, on at most so many threads. Value and
   * gradient do not depend on their number.
   *
   * @param settings the settings
   * @param threads number of threads, the caller's included
   * @throws IllegalArgumentException if threads is less than 1
   */
  public ClassAveragePrecision(Settings settings, int threads) {
    Objects.requireNonNull(settings, "settings must not be null");
    MetricLoss averagePrecision =
        MetricLoss.of(new AveragePrecision(settings.epsilon), new BlackboxRanker(settings.lambda))
            .threads(threads);
    memory =
        new ScoreMemory(
            withMargin(averagePrecision, MatrixView.COLUMNS, settings, 0), settings.memory);
    loss =
        new WeightedSum(
            List.of(
                new WeightedSum.Term(1 - settings.interclass, memory),
                new WeightedSum.Term(
                    settings.interclass,
                    withMargin(averagePrecision, MatrixView.FLAT, settings, 1))));
  }

  /** Each term has draws of its own, as in the published code. */
  private static RankingLoss withMargin(
      MetricLoss loss, MatrixView view, Settings settings, int term) {
    Long seed = settings.marginSeed;
    return seed == null
        ? view.apply(loss.margin(settings.margin))
        : new RandomMargin(view.apply(loss), settings.margin, 2 * seed + term);
  }

  /** {@return the memory, to look at or reset} */
  public ScoreMemory memory() {
    return memory;
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    return loss.evaluate(batch, factor, gradient, diagnostics);
  }

  @Override
  public double divisor(RankingBatch batch) {
    return loss.divisor(batch);
  }
}
