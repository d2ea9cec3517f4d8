/**
 * Choosing items that do not depend on each other. Use {@link io.solvegrad.selection.TopK} for a
 * fixed number of them and {@link io.solvegrad.selection.Knapsack} when their whole sizes must fit
 * into one capacity. For several capacities or rules between items use io.solvegrad.program; where
 * the order of all items matters, the ranking losses of {@link io.solvegrad.ranking} are faster
 * than any solver.
 */
@NullMarked
package io.solvegrad.selection;

import org.jspecify.annotations.NullMarked;
