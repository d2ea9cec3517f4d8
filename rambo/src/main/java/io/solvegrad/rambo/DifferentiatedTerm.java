package io.solvegrad.rambo;

import io.solvegrad.ranking.RankTerm;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;

/**
 * A term of a metric of one's own whose slopes come by automatic differentiation: exact, at the
 * cost of a few objects for each relevant candidate.
 *
 * <pre>{@code
 * RankTerm precision = new DifferentiatedTerm((rank, among) -> among.divide(rank));
 * MetricLoss loss = MetricLoss.of(new MeanTerm(precision), new BlackboxRanker(Lambda.plain(200)));
 * }</pre>
 *
 * <p>The expression must be smooth at every rank from 1 on: a slope that is not finite, as that of
 * the square root of rank - 1 at rank 1, is refused as soon as a gradient is asked for.
 *
 * <p>Needs Apache Commons Math 3 on the class path, which this module does not bring. It stands
 * here because the ground floor needs nothing but the JDK; there, {@link RankTerm#of} takes central
 * differences instead.
 *
 * @param expression t(rank, rank among the relevant) in numbers that carry their derivatives
 */
public record DifferentiatedTerm(BinaryOperator<DerivativeStructure> expression)
    implements RankTerm {

  /** Checks that nothing is missing. */
  public DifferentiatedTerm {
    Objects.requireNonNull(expression, "expression must not be null");
  }

  @Override
  public double at(double rank, double among) {
    return evaluate(0, rank, among).getValue();
  }

  @Override
  public double rankSlope(double rank, double among) {
    return evaluate(1, rank, among).getPartialDerivative(1, 0);
  }

  @Override
  public double amongSlope(double rank, double among) {
    return evaluate(1, rank, among).getPartialDerivative(0, 1);
  }

  private DerivativeStructure evaluate(int order, double rank, double among) {
    return expression.apply(
        new DerivativeStructure(2, order, 0, rank), new DerivativeStructure(2, order, 1, among));
  }
}
