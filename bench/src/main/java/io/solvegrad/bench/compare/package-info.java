/**
 * The command {@code compare}: the same model, data, batches and budget under different losses.
 *
 * <p>A {@link io.solvegrad.bench.compare.Task} is what is trained and measured, a contestant a loss
 * with its grid of settings, and a run one training with one setting and one seed, kept in a file
 * of its own. Runs are bound by steps: a budget of seconds is turned into steps of each loss by
 * timing them first, so that a run repeats exactly whatever else the machine does.
 */
@NullMarked
package io.solvegrad.bench.compare;

import org.jspecify.annotations.NullMarked;
