package io.solvegrad.relaxation.surrogate;

import java.util.Objects;

/**
 * A sum over candidates: w_i f(s_i, y_i). O(n).
 *
 * <p>An irrelevant candidate at -infinity: cross entropy, focal loss and both hinges are 0 and have
 * no gradient there, although it counts in {@link #elements}; the squared error has no limit, so
 * that the score is refused with its row and column. A relevant candidate at -infinity makes the
 * loss infinite.
 *
 * @param function the loss of a candidate
 */
public record PointwiseLoss(PointFunction function) implements ListObjective {

  /** Makes the sum; the function must not be null. */
  public PointwiseLoss {
    Objects.requireNonNull(function, "function must not be null");
  }

  @Override
  public double elements(LabelledList list) {
    return list.size();
  }

  @Override
  public void each(LabelledList list, ElementLosses receiver) {
    for (int i = 0; i < list.size(); i++) {
      double weight = list.weight(i);
      double loss = weight == 0 ? 0 : weight * function.value(list.score(i), list.label(i));
      receiver.accept(list.number(), list.place(i), -1, loss);
    }
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    double loss = 0;
    for (int i = 0; i < list.size(); i++) {
      double weight = list.weight(i);
      if (weight != 0) {
        double value = weight * function.value(list.score(i), list.label(i));
        loss += value;
        if (value != 0) {
          list.countNonZero();
        }
        if (scale != 0) {
          list.addGradient(i, scale * weight * function.slope(list.score(i), list.label(i)));
        }
      }
    }
    return loss;
  }
}
