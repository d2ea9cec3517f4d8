package io.solvegrad.ranking;

import java.util.function.DoubleBinaryOperator;

/**
 * What one relevant candidate contributes to a metric, as a function t of its rank among all
 * candidates and its rank among the relevant ones; precision at its rank is among / rank.
 *
 * <p>A rank may be infinite where a metric is evaluated and the candidate was not retrieved; t
 * should then give its limit.
 */
public interface RankTerm {

  /**
   * {@return t(rank, among)}
   *
   * @param rank rank among all candidates, 1 or more, not necessarily whole
   * @param among rank among the relevant candidates, between 1 and the rank
   */
  double at(double rank, double among);

  /**
   * {@return the derivative of t with respect to the rank}
   *
   * @param rank rank among all candidates
   * @param among rank among the relevant candidates
   */
  double rankSlope(double rank, double among);

  /**
   * {@return the derivative of t with respect to the rank among the relevant}
   *
   * @param rank rank among all candidates
   * @param among rank among the relevant candidates
   */
  double amongSlope(double rank, double among);

  /**
   * A term given by one expression, with central differences as slopes: five evaluations instead of
   * one, and slopes that are right to about ten digits where the third derivative is moderate. The
   * expression must be defined a hundred-thousandth below rank 1; otherwise its slope there is NaN,
   * which the blackbox ranker refuses.
   *
   * @param value t(rank, among), such as {@code (rank, among) -> among / rank}
   * @return the term
   */
  static RankTerm of(DoubleBinaryOperator value) {
    return new DifferencedTerm(value);
  }
}
