package io.solvegrad.evaluation.ranking;

/** What a query without a relevant item counts. */
public enum EmptyQueries {
  /** Nothing: it is left out and reported. */
  SKIP,
  /** 0, as in trec_eval. */
  ZERO,
  /** 1 for metrics between 0 and 1, as in LightGBM and XGBoost; otherwise 0. */
  ONE
}
