/**
 * Ranking objectives of XGBoost and LightGBM beside ours, on the same data with the same effort:
 * the command {@code boost}.
 */
@NullMarked
package io.solvegrad.bench.boosting;

import org.jspecify.annotations.NullMarked;
