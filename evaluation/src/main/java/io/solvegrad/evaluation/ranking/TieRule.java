package io.solvegrad.evaluation.ranking;

/** Who stands first among items of equal score. -0.0 equals 0.0. */
public enum TieRule {
  /** The item given first, as a stable sort leaves it. */
  INDEX,
  /**
   * The document whose identifier is greater in byte order: trec_eval's rule. Items without an
   * identifier have their index for one, so the later item stands first.
   */
  TREC,
  /** The item of the higher label: an upper bound. */
  OPTIMISTIC,
  /** The item of the lower label: a lower bound. */
  PESSIMISTIC,
  /**
   * No order: a metric is its mean over all orders of the tied items, in closed form (McSherry and
   * Najork, Computing information retrieval performance measures efficiently in the presence of
   * tied scores, ECIR 2008, doi:10.1007/978-3-540-78646-7_38). scikit-learn's rule for DCG.
   */
  AVERAGED
}
