package io.solvegrad.solver;

import java.util.Objects;

/**
 * The Fenchel-Young loss of a perturbed solver for a known solution t: &lt;w, t&gt; - mean_k min_y
 * &lt;w_k, y&gt;, up to a constant, with gradient t - mean_k y_k; w_k are the noisy costs and y_k
 * their solutions. With multiplicative noise the gradient is t - mean_k (w_k / w) y_k. Convex; the
 * value can be negative because the constant is unknown. N solves, none for the gradient.
 *
 * <p>With multiplicative noise the loss scales with the costs and is least when they shrink to
 * zero: something in front must then fix their size.
 *
 * <p>The target may be a mean of solutions. Source: see {@link Perturbed}.
 *
 * @param perturbed the noise
 */
public record FenchelYoung(Perturbed perturbed) implements CostLoss {

  /** Checks that nothing is missing. */
  public FenchelYoung {
    Objects.requireNonNull(perturbed, "perturbed must not be null");
  }

  @Override
  public double evaluate(
      BlackboxSolver solver, double[] costs, double[] target, long draw, double[] gradient) {
    Vectors.requireTargetSizes(solver, costs, target, gradient);
    Perturbed.Sample sample = perturbed.sample(solver, costs, draw);
    int draws = perturbed.draws();
    System.arraycopy(target, 0, gradient, 0, gradient.length);
    double value = Vectors.dot(costs, target);
    for (int k = 0; k < draws; k++) {
      double[] solution = sample.solutions()[k];
      value -= Vectors.dot(sample.costs()[k], solution) / draws;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] -= sample.factors()[k][i] * solution[i] / draws;
      }
    }
    return value;
  }
}
