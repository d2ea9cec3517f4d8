package io.solvegrad.relaxation.surrogate;

/**
 * A sum over candidates: w_i f(s_i, y_i). O(n).
 *
 * @param function the loss of a candidate
 */
public record PointwiseLoss(PointFunction function) implements ListObjective {

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
