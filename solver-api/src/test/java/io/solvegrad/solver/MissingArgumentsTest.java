package io.solvegrad.solver;

import io.solvegrad.process.MissingArguments;
import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.solver.LagrangianProximal.Envelope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

final class MissingArgumentsTest extends MissingArguments {
  private static final Lambda LAMBDA = Lambda.plain(3);
  private static final BlackboxSolver RANKS = new RankingSolver(2);
  private static final GradientEstimator ESTIMATOR = new Interpolation(LAMBDA);
  private static final SolverLayer LAYER = SolverLayer.of(RANKS, ESTIMATOR);
  private static final Perturbed NOISE = new Perturbed(Perturbed.Noise.ADDITIVE, 1, 1, 0);
  private static final double[][] ROWS = {{1, 2}};
  private static final double[] ROW = {1, 2};

  private void constructors() {
    call("lambda", () -> new Interpolation(missing()));
    call("projection", () -> new Identity(missing()));
    call("solver", () -> new NonNegativeClamp(missing()));
    call("envelope", () -> new LagrangianProximal(missing(), LAMBDA));
    call("tau", () -> new LagrangianProximal(Envelope.LOWER, missing()));
    call("noise", () -> new AdaptiveImplicitMle(missing()));
    call("lambda", () -> new ImplicitMle(missing(), 1, 1, 1, 0));
    call("perturbed", () -> new FenchelYoung(missing()));
    call("noise", () -> new Perturbed(missing(), 1, 1, 0));
    call("duration", () -> SolveLimits.within(missing()));
    call("duration", () -> SolveLimits.none().and(missing()));
    call("cancelled", () -> SolveLimits.until(missing()));
    call("target", () -> SolutionLoss.hamming(missing()));
    call("target", () -> SolutionLoss.squaredDistance(missing()));
    call("trueCosts", () -> SolutionLoss.regret(missing(), 0));
    call("start", () -> Lambda.varying(missing(), LambdaRule.towards(0.1)));
    call("rule", () -> Lambda.varying(LAMBDA, missing()));
    call("solver", () -> new SavedInstance(missing(), "", ROW, ROW));
    call("message", () -> new SavedInstance("", missing(), ROW, ROW));
    call("costs", () -> new SavedInstance("", "", missing(), ROW));
    call("weights", () -> new SavedInstance("", "", ROW, missing()));
    call("file", () -> new SavedInstance("", "", ROW, ROW).write(missing()));
    call("file", () -> SavedInstance.read(missing()));
  }

  private void layers() {
    call("solver", () -> SolverLayer.of(missing(), ESTIMATOR));
    call("estimator", () -> SolverLayer.of(RANKS, missing()));
    call("limit", () -> LAYER.timeLimit(MissingArgumentsTest.<Duration>missing()));
    call("cancelled", () -> LAYER.cancelledBy(MissingArgumentsTest.<BooleanSupplier>missing()));
    call("progress", () -> LAYER.progress(missing()));
    call("folder", () -> LAYER.saveFailures(missing()));
    call("adapted", () -> LAYER.resumedAfter(0, missing()));
    call("costs", () -> LAYER.forward(missing()));
    call("costs", () -> LAYER.predict(missing()));
    call("costs", () -> LAYER.forward(List.of(RANKS), missing()));
    call("solvers", () -> LAYER.forward(missing(), ROWS));
    call("loss", () -> LAYER.evaluate(missing(), ROWS, ROWS));
    call("costs", () -> LAYER.evaluate(new SpoPlus(), missing(), ROWS));
    call("targets", () -> LAYER.evaluate(new SpoPlus(), ROWS, missing()));
    call("upstreams", () -> LAYER.forward(ROWS).backward(missing()));
    List<BlackboxSolver> gap = Arrays.asList(RANKS, missing());
    callWithHole("solvers", () -> LAYER.forward(gap, new double[][] {ROW, ROW}));
  }

  private void solves() {
    double[] solution = new double[2];
    NonNegativeClamp clamp = new NonNegativeClamp(RANKS);
    for (BlackboxSolver solver : List.of(RANKS, clamp)) {
      call("costs", () -> solver.solve(missing(), solution));
      call("solution", () -> solver.solve(ROW, missing()));
      call("limits", () -> solver.solve(ROW, solution, missing()));
    }
    call("costs", () -> WeightDomain.FINITE.require(missing(), solution, 2));
    call("solution", () -> WeightDomain.FINITE.require(ROW, missing(), 2));
    call("costs", () -> NonNegativeClamp.count(missing()));
    SolutionLoss loss = SolutionLoss.squaredDistance(ROW);
    call("solution", () -> loss.evaluate(missing(), 1, solution));
    call("upstream", () -> loss.evaluate(ROW, 1, missing()));
    for (CostLoss costLoss : List.of(new SpoPlus(), new FenchelYoung(NOISE))) {
      call("solver", () -> costLoss.evaluate(missing(), ROW, ROW, 0, solution));
      call("costs", () -> costLoss.evaluate(RANKS, missing(), ROW, 0, solution));
      call("target", () -> costLoss.evaluate(RANKS, ROW, missing(), 0, solution));
      call("gradient", () -> costLoss.evaluate(RANKS, ROW, ROW, 0, missing()));
    }
  }

  private void estimators() {
    call("costs", () -> new Identity(Identity.Projection.MEAN).project(missing()));
    call("costs", () -> new AdaptiveInterpolation(1).lambda(missing(), ROW));
    call("upstream", () -> new AdaptiveInterpolation(1).lambda(ROW, missing()));
    ImplicitMle mle = new ImplicitMle(LAMBDA, 1, 1, 1, 0);
    Stream.of(
            ESTIMATOR,
            new AdaptiveInterpolation(1),
            new LagrangianProximal(Envelope.LOWER, LAMBDA),
            new Identity(Identity.Projection.NORM),
            NOISE,
            mle,
            new AdaptiveImplicitMle(mle))
        .forEach(estimator -> {
          double[] gradient = new double[2];
          call("solver", () -> estimator.forward(missing(), ROW, gradient, 0));
          call("costs", () -> estimator.forward(RANKS, missing(), gradient, 0));
          call("solution", () -> estimator.forward(RANKS, ROW, missing(), 0));
          call("solver", () -> estimator.gradient(missing(), ROW, ROW, ROW, gradient));
          call("costs", () -> estimator.gradient(RANKS, missing(), ROW, ROW, gradient));
          call("solution", () -> estimator.gradient(RANKS, ROW, missing(), ROW, gradient));
          call("upstream", () -> estimator.gradient(RANKS, ROW, ROW, missing(), gradient));
          call("gradient", () -> estimator.gradient(RANKS, ROW, ROW, ROW, missing()));
        });
  }

  @Override
  protected void calls() {
    constructors();
    layers();
    solves();
    estimators();
  }
}
