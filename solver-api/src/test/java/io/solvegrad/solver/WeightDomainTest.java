package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which costs a solver takes, and what a clamp makes of others. */
class WeightDomainTest {

  @Test
  void domains_haveTheirEdges() {
    double largest = WeightDomain.LARGEST;
    double[] solution = new double[2];
    WeightDomain.FINITE.require(new double[] {largest, -largest}, solution, 2);
    WeightDomain.NON_NEGATIVE.require(new double[] {0, -0.0}, solution, 2);
    for (double[] bad :
        new double[][] {
          {0, Math.nextUp(largest)}, {0, -Math.nextUp(largest)}, {0, Double.NaN}, {0}
        }) {
      SolverException refused =
          assertThrows(SolverException.class, () -> WeightDomain.FINITE.require(bad, solution, 2));
      assertEquals(SolverException.Reason.BAD_INPUT, refused.reason());
    }
    SolverException negative =
        assertThrows(
            SolverException.class,
            () -> WeightDomain.NON_NEGATIVE.require(new double[] {1, -1}, solution, 2));
    assertEquals(SolverException.Reason.OUTSIDE_DOMAIN, negative.reason());
    assertTrue(negative.getMessage().contains("costs[1] is -1.0"), negative.getMessage());
  }

  @Test
  void clamp_liftsWhatIsNegative() {
    double[][] seen = new double[1][];
    BlackboxSolver solver =
        new BlackboxSolver() {
          @Override
          public int size() {
            return 3;
          }

          @Override
          public void solve(double[] costs, double[] solution) {
            seen[0] = costs.clone();
            solution[1] = 1;
          }
        };
    NonNegativeClamp clamp = new NonNegativeClamp(solver);
    double[] costs = {2, -3, Double.NaN};
    double[] solution = new double[3];
    clamp.solve(costs, solution);
    assertEquals("[2.0, 0.0, NaN]", Arrays.toString(seen[0]));
    assertEquals("[2.0, -3.0, NaN]", Arrays.toString(costs));
    assertEquals(1, solution[1]);
    seen[0] = null;
    assertEquals(Optimality.PROVEN, clamp.solve(costs, solution, SolveLimits.none()));
    assertEquals("[2.0, 0.0, NaN]", Arrays.toString(seen[0]));
    assertEquals(1, NonNegativeClamp.count(new double[] {0, -1, 1, -0.0}));
  }
}
