package io.solvegrad.bench.compare;

import io.solvegrad.example.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the setting of each loss on validation classes, then runs the chosen ones with every
 * seed.
 *
 * @param task what is trained
 * @param contestants the losses
 * @param runs where runs are done and kept
 * @param steps of each contestant by name
 * @param plan which seeds
 */
record Tournament(
    Task task, List<Contestant> contestants, RunFolder runs, Map<String, Long> steps, Plan plan) {
  // Tuning never sees a seed of the final runs.
  static final long FIRST_TUNING_SEED = 1_000_001;

  /**
   * Which seeds.
   *
   * @param firstSeed the seeds of the final runs count from here
   * @param seeds how many there are
   * @param tuningSeeds how many runs each setting of a grid gets
   * @param opensTest whether the final runs are measured on the test classes, not on validation
   */
  record Plan(long firstSeed, int seeds, int tuningSeeds, boolean opensTest) {}

  /**
   * The final runs, and which seeds they have.
   *
   * @param finalists those that have a run
   * @param seeds the seeds of their runs, which all of them have
   */
  record Result(List<Finalist> finalists, List<Long> seeds) {}

  Result play() throws IOException {
    Map<String, List<Finalist.Tried>> tuned = tune();
    Map<String, Map<Long, Outcome>> finals = new LinkedHashMap<>();
    List<Long> seeds =
        LongStream.range(plan.firstSeed(), plan.firstSeed() + plan.seeds()).boxed().toList();
    // Seed by seed, so that an unfinished comparison has as many runs of each loss as it can.
    for (long seed : seeds) {
      for (Contestant contestant : contestants) {
        Variant chosen = chosen(contestant, tuned);
        Outcome outcome =
            chosen == null
                ? null
                : outcome(new Run(chosen, seed, steps(contestant), plan.opensTest()));
        if (outcome != null) {
          finals
              .computeIfAbsent(contestant.name(), name -> new LinkedHashMap<>())
              .put(seed, outcome);
        }
      }
    }
    List<Long> common =
        seeds.stream()
            .filter(seed -> finals.values().stream().allMatch(of -> of.containsKey(seed)))
            .toList();
    return new Result(common.isEmpty() ? List.of() : finalists(tuned, finals, common), common);
  }

  private @Nullable Outcome outcome(Run run) throws IOException {
    try {
      return runs.get(run);
    } catch (Diverged e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<Finalist> finalists(
      Map<String, List<Finalist.Tried>> tuned,
      Map<String, Map<Long, Outcome>> finals,
      List<Long> seeds) {
    List<Finalist> finalists = new ArrayList<>();
    for (Contestant contestant : contestants) {
      Map<Long, Outcome> own = finals.getOrDefault(contestant.name(), Map.of());
      Variant chosen = chosen(contestant, tuned);
      if (chosen != null && !own.isEmpty()) {
        List<Outcome> outcomes = seeds.stream().map(own::get).toList();
        finalists.add(
            new Finalist(
                contestant.name(),
                chosen,
                tuned.getOrDefault(contestant.name(), List.of()),
                outcomes));
      }
    }
    return finalists;
  }

  private Map<String, List<Finalist.Tried>> tune() throws IOException {
    Map<String, List<Finalist.Tried>> tuned = new LinkedHashMap<>();
    for (Contestant contestant : contestants) {
      List<Finalist.Tried> tried = new ArrayList<>();
      if (contestant.grid().size() > 1) {
        for (Variant variant : contestant.grid()) {
          tryOut(variant, steps(contestant), tried);
        }
        if (!tried.isEmpty() && tried.stream().allMatch(one -> one.validation() == null)) {
          throw new BadInputException(
              "No setting of '%s' can be trained.".formatted(contestant.name()));
        }
      }
      tuned.put(contestant.name(), tried);
    }
    return tuned;
  }

  private void tryOut(Variant variant, long count, List<Finalist.Tried> tried) throws IOException {
    List<Double> values = new ArrayList<>();
    try {
      for (int s = 0; s < plan.tuningSeeds(); s++) {
        Outcome outcome = runs.get(new Run(variant, FIRST_TUNING_SEED + s, count, false));
        if (outcome != null) {
          values.add(outcome.validation().get(task.primary()));
        }
      }
      values.stream()
          .mapToDouble(Double::doubleValue)
          .average()
          .ifPresent(mean -> tried.add(new Finalist.Tried(variant, mean)));
    } catch (Diverged e) {
      runs.tell(e);
      tried.add(new Finalist.Tried(variant, null));
    }
  }

  private static @Nullable Variant chosen(
      Contestant contestant, Map<String, List<Finalist.Tried>> tuned) {
    if (contestant.grid().size() == 1) {
      return contestant.grid().getFirst();
    }
    return tuned.getOrDefault(contestant.name(), List.of()).stream()
        .max(
            Comparator.comparing(
                Finalist.Tried::validation, Comparator.nullsFirst(Comparator.naturalOrder())))
        .map(Finalist.Tried::variant)
        .orElse(null);
  }

  private long steps(Contestant contestant) {
    Long count = steps.get(contestant.name());
    if (count == null) {
      throw new IllegalStateException("no number of steps for " + contestant.name());
    }
    return count;
  }
}
