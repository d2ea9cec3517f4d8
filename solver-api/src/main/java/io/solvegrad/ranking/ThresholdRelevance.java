package io.solvegrad.ranking;

/** A label for each score, of which those that reach a threshold count, all the same. */
record ThresholdRelevance(double threshold, double[] labels) implements Relevance {

  ThresholdRelevance {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("threshold must be finite, but is " + threshold);
    }
  }

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
      if (!(label < threshold)) {
        if (!(label < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "label is %s at %s".formatted(label, layout.place(list, p)));
        }
        positions[count] = p;
        grades[count++] = 1;
      }
    }
    return count;
  }
}
