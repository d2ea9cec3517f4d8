/**
 * Choosing items. Use {@link io.solvegrad.selection.TopK} for a fixed number of them and {@link
 * io.solvegrad.selection.Knapsack} when their sizes must fit into a capacity.
 */
@NullMarked
package io.solvegrad.selection;

import org.jspecify.annotations.NullMarked;
