package io.solvegrad.learning.training;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.Budget;
import io.solvegrad.learning.problem.MatchingProblem;
import io.solvegrad.learning.problem.Problem;
import io.solvegrad.learning.problem.TerrainProblem;
import io.solvegrad.learning.problem.TourProblem;

/**
 * All that determines a training besides which net is trained.
 *
 * @param problem its name
 * @param size of its examples
 * @param instances examples to train on
 * @param tests examples to test on, none of which is trained on
 * @param estimator how gradients pass the solver
 * @param batch examples in a step
 * @param learningRate the largest of the schedule
 * @param weightDecay of the optimiser
 * @param seed of everything that is drawn
 * @param threads of net, solver and drawing
 * @param budget when to stop
 */
public record Settings(
    String problem,
    int size,
    int instances,
    int tests,
    EstimatorChoice estimator,
    int batch,
    double learningRate,
    double weightDecay,
    long seed,
    int threads,
    Budget budget) {

  /** Test examples are numbered from here. */
  private static final long FIRST_TEST = 1L << 40;

  /** {@return the problem} */
  public Problem createProblem() {
    return switch (problem) {
      case "terrain" -> new TerrainProblem(size, seed);
      case "matching" -> new MatchingProblem(size, seed);
      case "tour" -> new TourProblem(size, seed);
      default -> throw new BadInputException("There is no problem '%s'.".formatted(problem));
    };
  }

  /**
   * The number of a test example, as {@link Problem#instance} takes it.
   *
   * @param test 0 to {@link #tests} - 1
   * @return a number beyond those of the training examples
   */
  public static long testIndex(int test) {
    return FIRST_TEST + test;
  }

  /**
   * The same settings with another end.
   *
   * @param other the end
   * @return the settings
   */
  public Settings withBudget(Budget other) {
    return new Settings(
        problem,
        size,
        instances,
        tests,
        estimator,
        batch,
        learningRate,
        weightDecay,
        seed,
        threads,
        other);
  }

  /**
   * The same settings with another estimator.
   *
   * @param other the estimator
   * @return the settings
   */
  public Settings withEstimator(EstimatorChoice other) {
    return new Settings(
        problem,
        size,
        instances,
        tests,
        other,
        batch,
        learningRate,
        weightDecay,
        seed,
        threads,
        budget);
  }

  /**
   * The same settings with another seed.
   *
   * @param other the seed
   * @return the settings
   */
  public Settings withSeed(long other) {
    return new Settings(
        problem,
        size,
        instances,
        tests,
        estimator,
        batch,
        learningRate,
        weightDecay,
        other,
        threads,
        budget);
  }
}
