/**
 * Ranking losses and metrics inside XGBoost.
 *
 * <p>{@link io.solvegrad.xgboost.RankingObjective} is any {@link io.solvegrad.ranking.RankingLoss}
 * as a custom objective, {@link io.solvegrad.xgboost.RankingEvaluation} any metric as a custom
 * evaluation with early stopping. Both read labels, query groups and weights from the {@code
 * DMatrix}.
 *
 * <p>Use it where XGBoost trains on one machine; on many, see module spark-integration. XGBoost's
 * own {@code rank:} objectives need nothing of this.
 */
@NullMarked
package io.solvegrad.xgboost;

import org.jspecify.annotations.NullMarked;
