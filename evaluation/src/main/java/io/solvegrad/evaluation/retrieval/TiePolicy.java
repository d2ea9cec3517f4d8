package io.solvegrad.evaluation.retrieval;

/** Who stands first among candidates of equal similarity. -0.0 equals 0.0. */
public enum TiePolicy {
  /** The lower gallery index: the order that a stable sort gives. */
  INDEX,
  /** The relevant candidate: an upper bound. A collapsed embedding scores perfectly. */
  OPTIMISTIC,
  /** The irrelevant candidate: a lower bound. */
  PESSIMISTIC
}
