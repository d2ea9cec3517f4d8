package io.solvegrad.solver;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a batch that failed. Its solution and gradient are zero; the rest of the batch is
 * delivered.
 *
 * @param instance its number in the batch
 * @param reason the kind of failure
 * @param message a sentence that names instance and reason
 * @param cause what was thrown
 * @param replay the saved instance, or null if none was saved
 */
public record InstanceFailure(
    int instance,
    SolverException.Reason reason,
    String message,
    RuntimeException cause,
    @Nullable Path replay) {}
