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
public sealed interface Lambda {

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
   * {@return the strength in plain units for a problem of the given size}
   *
   * @param size n, the number of valid candidates or the length of the solution
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
      return value * size;
    }
  }

  private static void requirePositive(double value) {
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("lambda must be positive and finite, but is " + value);
    }
  }
}
