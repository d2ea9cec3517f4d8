package io.solvegrad.ranking;

/** Which of several candidates with equal scores stands first when a metric is evaluated. */
public enum TieOrder {
  /** The one with the lower index: the order of all losses. */
  INDEX,
  /** The one with the higher label: no order of the tied candidates does better in most metrics. */
  OPTIMISTIC,
  /** The one with the lower label: none does worse in most metrics. */
  PESSIMISTIC,
  /** A random one, determined by the seed, the list and the place among its valid candidates. */
  RANDOM,
  /**
   * None: the metric is its mean over all orders of the tied candidates, computed exactly.
   *
   * <p>Source: McSherry and Najork: Computing Information Retrieval Performance Measures
   * Efficiently in the Presence of Tied Scores, ECIR 2008, doi:10.1007/978-3-540-78646-7_38.
   */
  AVERAGED
}
