package io.solvegrad.ranking;

/** A label for each score. */
record GradedRelevance(double[] labels) implements Relevance {

  @Override
  public void check(Layout layout) {
    if (labels.length < layout.extent()) {
      throw new IllegalArgumentException(
          "labels has %d values for %d scores".formatted(labels.length, layout.extent()));
    }
  }

  @Override
  public int bound(int list, Layout layout) {
    return layout.length(list);
  }

  @Override
  public int read(int list, Layout layout, int[] positions, double[] grades) {
    int count = 0;
    for (int p = 0; p < layout.length(list); p++) {
      double label = labels[layout.index(list, p)];
      if (!(label <= 0)) {
        if (!(label < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "label is %s at %s".formatted(label, layout.place(list, p)));
        }
        positions[count] = p;
        grades[count++] = label;
      }
    }
    return count;
  }

  @Override
  public double[] allLabels() {
    return labels;
  }

  @Override
  public void readLabels(int list, Layout layout, double[] target) {
    for (int p = 0; p < layout.length(list); p++) {
      double label = labels[layout.index(list, p)];
      if (!Double.isFinite(label)) {
        throw new IllegalArgumentException(
            "label is %s at %s".formatted(label, layout.place(list, p)));
      }
      target[p] = label;
    }
  }
}
