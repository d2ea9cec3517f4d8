package io.solvegrad.relaxation.surrogate;

/** An objective whose elements are the relevant candidates. */
record PerRelevant(ListObjective objective) implements ListObjective {

  @Override
  public double elements(LabelledList list) {
    int relevant = 0;
    for (int i = 0; i < list.size(); i++) {
      relevant += list.label(i) > 0 ? 1 : 0;
    }
    return relevant;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    return objective.evaluate(list, scale);
  }
}
