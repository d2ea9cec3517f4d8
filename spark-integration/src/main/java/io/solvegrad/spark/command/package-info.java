/**
 * The jobs that {@code spark-submit} and {@code ./solvegrad spark} start.
 *
 * <p>This package alone knows the losses of {@code io.solvegrad.rambo}, because a command line
 * cannot be given a lambda; in Java use {@link io.solvegrad.spark} with any loss.
 */
@NullMarked
package io.solvegrad.spark.command;

import org.jspecify.annotations.NullMarked;
