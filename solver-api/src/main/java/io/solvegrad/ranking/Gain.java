package io.solvegrad.ranking;

/** What a grade is worth. */
@FunctionalInterface
public interface Gain {

  /**
   * {@return the worth of a grade, finite and not negative}
   *
   * @param grade a label above 0; labels of 0 and less are worth nothing and are not asked for
   */
  double of(double grade);

  /** {@return the grade itself (Järvelin and Kekäläinen, doi:10.1145/582415.582418)} */
  static Gain linear() {
    return grade -> grade;
  }

  /**
   * {@return 2^grade - 1 (Burges et al., doi:10.1145/1102351.1102363)} Grades up to 1023 do not
   * overflow, nor do sums over many candidates with grades up to 1000.
   */
  static Gain exponential() {
    // Below 1 the difference would lose digits, and tiny grades would be worth nothing.
    return grade -> grade < 1 ? Math.expm1(grade * Math.log(2)) : Math.pow(2, grade) - 1;
  }

  /** {@return 1 for every relevant candidate} */
  static Gain binary() {
    return grade -> 1;
  }

  /**
   * {@return the gain of relevant candidate k times its weight}
   *
   * @param targets the labels of a list
   * @param k index of the relevant candidate, from 0
   * @throws IllegalArgumentException if the gain is negative or not finite
   */
  default double weighted(Targets targets, int k) {
    double gain = of(targets.grade(k));
    if (!(gain >= 0 && gain < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the gain of grade %s is %s. Maybe use a linear gain.".formatted(targets.grade(k), gain));
    }
    return gain * targets.weight(k);
  }
}
