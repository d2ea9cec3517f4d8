package io.solvegrad.bench.compare;

import io.solvegrad.example.Interruption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Times steps under several losses turn by turn, so that whatever else the machine does falls on
 * all of them. The time of a step is that of the loss plus the rest, which is the same for all that
 * train the same model: the median over them, since single medians differ by more than losses do.
 */
final class StepTimer {
  private static final double WARM_UP_SECONDS = 0.3;
  private static final int WARM_UP_ROUNDS = 2;
  private static final double MEASURED_SECONDS = 1;
  private static final int MEASURED_ROUNDS = 7;
  private static final int MOST_ROUNDS = 400;

  private final Task task;
  private final List<Contestant> contestants;
  private final List<Trial> trials = new ArrayList<>();
  private final List<List<Double>> rests = new ArrayList<>();
  private final List<List<Double>> losses = new ArrayList<>();

  StepTimer(Task task, List<Contestant> contestants) {
    this.task = task;
    this.contestants = contestants;
  }

  /** Adds the times of all contestants, with their first settings. */
  void measure(Map<String, StepTimes.Time> times) throws IOException {
    // Comes first: the few steps that are timed would not warm the losses up.
    List<List<LossTimes.Length>> lengths =
        contestants.stream()
            .map(one -> LossTimes.measure(task.loss(one.grid().getFirst()), task.unitVectors()))
            .toList();
    try {
      Interruption.guard(() -> trials.forEach(Trial::freeze), this::takeTurns);
    } finally {
      trials.forEach(Trial::close);
    }
    Map<String, List<Double>> byModel = new HashMap<>();
    for (int i = 0; i < contestants.size(); i++) {
      byModel
          .computeIfAbsent(model(contestants.get(i)), model -> new ArrayList<>())
          .add(median(rests.get(i)));
    }
    for (int i = 0; i < contestants.size(); i++) {
      double rest = median(byModel.getOrDefault(model(contestants.get(i)), List.of()));
      Variant variant = contestants.get(i).grid().getFirst();
      times.put(
          contestants.get(i).name(),
          new StepTimes.Time(
              task.describe(variant),
              rest + median(losses.get(i)),
              median(losses.get(i)),
              lengths.get(i)));
    }
  }

  private String model(Contestant contestant) {
    return task.model(contestant.grid().getFirst());
  }

  private void takeTurns() {
    for (Contestant contestant : contestants) {
      trials.add(task.start(contestant.grid().getFirst(), 1, Integer.MAX_VALUE));
    }
    rounds(WARM_UP_SECONDS, WARM_UP_ROUNDS);
    rounds(MEASURED_SECONDS, MEASURED_ROUNDS);
  }

  private void rounds(double seconds, int atLeast) {
    rests.clear();
    losses.clear();
    trials.forEach(trial -> {
      rests.add(new ArrayList<>());
      losses.add(new ArrayList<>());
    });
    long begin = System.nanoTime();
    double limit = seconds * trials.size() * 1e9;
    for (int round = 0;
        round < atLeast || (round < MOST_ROUNDS && System.nanoTime() - begin < limit);
        round++) {
      for (int i = 0; i < trials.size(); i++) {
        double before = trials.get(i).lossSeconds();
        long start = System.nanoTime();
        trials.get(i).step();
        double millis = (System.nanoTime() - start) * 1e-6;
        double loss = (trials.get(i).lossSeconds() - before) * 1e3;
        rests.get(i).add(millis - loss);
        losses.get(i).add(loss);
      }
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
