package io.solvegrad.boosting;

import java.util.Random;

/** Queries whose rows are relevant where a product of two features is large. */
public final class ToyRanking {
  private ToyRanking() {}

  public static RankingRows rows(int queries, int size, long seed) {
    Random random = new Random(seed);
    float[] features = new float[queries * size * 4];
    float[] labels = new float[queries * size];
    int[] groups = new int[queries];
    for (int q = 0; q < queries; q++) {
      groups[q] = size;
      for (int i = q * size; i < (q + 1) * size; i++) {
        for (int c = 0; c < 4; c++) {
          features[4 * i + c] = random.nextFloat();
        }
        float product = features[4 * i] * features[4 * i + 1] + 0.1f * random.nextFloat();
        labels[i] = product > 0.7f ? 2 : product > 0.5f ? 1 : 0;
      }
    }
    return new RankingRows(features, 4, labels, groups);
  }
}
