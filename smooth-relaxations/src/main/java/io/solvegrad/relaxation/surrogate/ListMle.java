package io.solvegrad.relaxation.surrogate;

/**
 * ListMLE: minus the log-likelihood, under the Plackett-Luce model with these scores, of the order
 * of descending labels; the sum over positions p of w_(p) (logsumexp(s_(p), ..., s_(n)) - s_(p)).
 *
 * <p>Equal labels keep the order of the list. For the likelihood of a given order, let the labels
 * descend along it. O(n log n); scores and running sums never leave the log domain.
 *
 * <p>Source: Xia et al., ICML 2008; Plackett 1975; Luce 1959.
 *
 * @param positions how many of the first positions count, {@link Integer#MAX_VALUE} for all
 */
public record ListMle(int positions) implements ListObjective {

  /**
   * Checks the number of positions.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public ListMle {
    if (positions < 1) {
      throw new IllegalArgumentException("positions must be at least 1, but is " + positions);
    }
  }

  /** The likelihood of the whole order. */
  public ListMle() {
    this(Integer.MAX_VALUE);
  }

  @Override
  public double elements(LabelledList list) {
    return 1;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    int n = list.size();
    int[] order = list.byLabel();
    double[] rest = new double[n];
    double loss = 0;
    for (int p = n - 1; p >= 0; p--) {
      double score = list.score(order[p]);
      rest[p] = p == n - 1 ? score : Logs.add(score, rest[p + 1]);
      if (p < positions && rest[p] != score) {
        loss += list.weight(order[p]) * (rest[p] - score);
      }
    }
    if (scale != 0) {
      pull(list, order, rest, scale);
    }
    return loss;
  }

  /** pending x e^-rest is the sum of w e^-rest over the positions passed; rest never grows. */
  private void pull(LabelledList list, int[] order, double[] rest, double scale) {
    double pending = 0;
    for (int p = 0; p < order.length; p++) {
      if (p > 0) {
        pending *= Logs.ratio(rest[p], rest[p - 1]);
      }
      double weight = p < positions ? list.weight(order[p]) : 0;
      pending += weight;
      double share = pending * Logs.ratio(list.score(order[p]), rest[p]) - weight;
      list.addGradient(order[p], scale * share);
    }
  }
}
