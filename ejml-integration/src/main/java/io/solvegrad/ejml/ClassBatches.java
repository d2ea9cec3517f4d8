package io.solvegrad.ejml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Draws batches in which every row has a partner of its class. */
final class ClassBatches {
  private final List<List<Integer>> members = new ArrayList<>();
  private final HeadTraining.Batches settings;
  private final Random random;

  ClassBatches(int[] classes, HeadTraining.Batches settings) {
    this.settings = settings;
    random = new Random(settings.seed());
    Map<Integer, List<Integer>> byClass = new TreeMap<>();
    for (int i = 0; i < classes.length; i++) {
      byClass.computeIfAbsent(classes[i], c -> new ArrayList<>()).add(i);
    }
    byClass.values().stream().filter(rows -> rows.size() > 1).forEach(members::add);
    if (members.isEmpty()) {
      throw new IllegalArgumentException(
          "no class has two of %d rows, so nothing is relevant to anything"
              .formatted(classes.length));
    }
  }

  int[] next() {
    Collections.shuffle(members, random);
    int[] batch = new int[settings.rows()];
    int count = 0;
    for (List<Integer> rows : members) {
      Collections.shuffle(rows, random);
      int take = Math.min(Math.min(rows.size(), settings.perClass()), batch.length - count);
      if (take < 2) {
        break;
      }
      for (int i = 0; i < take; i++) {
        batch[count++] = rows.get(i);
      }
    }
    return Arrays.copyOf(batch, count);
  }
}
