package io.solvegrad.relaxation;

/**
 * log P(r, i) up to summands that depend on r or on i alone, for position r and candidate i; given
 * row by row so that P is never held. Scratch of one thread.
 */
interface Logits {

  /** Takes over the scores of a list and forgets derivatives. */
  void load(double[] scores, int n);

  /** Writes the logits of position r, from 1 to n. */
  void row(int r, double[] target);

  /** Takes the derivatives by the logits of position r. */
  void pull(int r, double[] upstream);

  /** Adds the derivatives by the scores. */
  void finish(double[] gradient);
}
