package io.solvegrad.solver;

/**
 * The interpolation strength of the blackbox gradient together with its unit, so that a bare number
 * is never ambiguous.
 *
 * <p>A larger lambda looks further: it averages the staircase over a wider neighbourhood, finds a
 * non-zero gradient more often and is less faithful to the local shape. The perturbation is lambda
 * times the upstream, so lambda is meaningful only relative to the size of scores (or costs) and
 * upstream; a reduction that divides the upstream by a larger batch weakens the same lambda.
 */
public sealed interface Lambda permits Lambda.Plain, Lambda.Normalised, VaryingLambda {

  /**
   * Lambda in the units of the solution itself. For rankings: the upstream is taken with respect to
   * the plain rank 1, 2, 3, ...
   *
   * @param value the strength, in plain units
   * @return the strength
   * @throws IllegalArgumentException unless the value is positive and finite
   */
  static Lambda plain(double value) {
    return new Plain(value);
  }

  /**
   * Lambda in the published convention for rankings, where the upstream is taken with respect to
   * rank / n: the same as {@code plain(value * n)}, with n the number of valid candidates of a
   * list, remembered ones included. For other solvers n is the size of the solution.
   *
   * @param value the strength, in units of rank / n
   * @return the strength
   * @throws IllegalArgumentException unless the value is positive and finite
   */
  static Lambda normalised(double value) {
    return new Normalised(value);
  }

  /**
   * A strength that changes from step to step: a start times a factor that a rule sets anew after
   * each step. Whoever trains says when a step is over, see {@link VaryingLambda#step}; for ranking
   * losses, module rambo does it.
   *
   * @param start the strength of the first step, with its unit
   * @param rule how the factor changes
   * @return the strength
   * @throws IllegalArgumentException if the start varies itself
   */
  static VaryingLambda varying(Lambda start, LambdaRule rule) {
    return new VaryingLambda(start, rule);
  }

  /**
   * A strength that follows the share of items that it moves, so that it need not be tuned to the
   * size of the batch, the reduction and the scale of the scores; see {@link LambdaRule#towards}.
   *
   * @param start the strength of the first step
   * @param movedShare the share of items whose place is to change in the perturbed solution
   * @return the strength
   * @throws IllegalArgumentException if the start varies itself or the share is not between 0 and 1
   */
  static VaryingLambda adaptive(Lambda start, double movedShare) {
    return varying(start, LambdaRule.towards(movedShare));
  }

  /**
   * {@return the strength in plain units for a problem of the given size}
   *
   * @param size n, the number of valid candidates or the length of the solution, 0 or more
   * @throws IllegalArgumentException if the size is negative
   */
  double plainValue(int size);

  /**
   * Plain units; see {@link Lambda#plain}.
   *
   * @param value the strength, positive and finite
   */
  record Plain(double value) implements Lambda {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException unless it is positive and finite
     */
    public Plain {
      requirePositive(value);
    }

    @Override
    public double plainValue(int size) {
      requireSize(size);
      return value;
    }
  }

  /**
   * Units of rank / n; see {@link Lambda#normalised}.
   *
   * @param value the strength in units of rank / n, positive and finite
   */
  record Normalised(double value) implements Lambda {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException unless it is positive and finite
     */
    public Normalised {
      requirePositive(value);
    }

    @Override
    public double plainValue(int size) {
      requireSize(size);
      return value * size;
    }
  }

  private static void requirePositive(double value) {
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("lambda must be positive and finite, but is " + value);
    }
  }

  private static void requireSize(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative, but is " + size);
    }
  }
}
