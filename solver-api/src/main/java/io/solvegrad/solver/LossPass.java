package io.solvegrad.solver;

import java.util.List;

/**
 * What a {@link CostLoss} gave for a batch.
 *
 * @param values the loss of each instance, 0 where it failed. Not copied; the caller may modify it.
 * @param gradients dL/dw of each instance, not divided by the number of instances; 0 where it
 *     failed. Not copied; the caller may modify them.
 * @param failures the instances that failed, ascending
 * @param diagnostics what was done
 */
public record LossPass(
    double[] values,
    double[][] gradients,
    List<InstanceFailure> failures,
    SolverDiagnostics diagnostics) {}
