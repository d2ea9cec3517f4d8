package io.solvegrad.bench.compare;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a step under each loss takes, measured once and kept in {@code times.json}: what turns
 * seconds into steps.
 *
 * @param settings what was common to the trainings
 * @param machine what they were measured on
 * @param losses by the name of the contestant
 */
record StepTimes(Map<String, String> settings, String machine, Map<String, Time> losses) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /**
   * The times of a loss, with its first setting.
   *
   * @param variant that setting
   * @param stepMillis milliseconds of a whole step, see {@link StepTimer}
   * @param lossMillis median milliseconds of the loss in it
   * @param lengths the loss alone by the length of its lists
   */
  record Time(
      String variant, double stepMillis, double lossMillis, List<LossTimes.Length> lengths) {

    Time {
      if (!(stepMillis > 0 && lossMillis >= 0 && stepMillis < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "stepMillis is %s and lossMillis %s".formatted(stepMillis, lossMillis));
      }
      lengths = List.copyOf(lengths);
    }
  }

  /** What is known, and what is missing measured now if that is wanted. */
  static StepTimes of(
      Path file, Task task, List<Contestant> contestants, boolean measures, PrintStream out)
      throws IOException {
    StepTimes times = Files.exists(file) ? read(file, task) : none(task);
    List<Contestant> missing = new ArrayList<>();
    for (Contestant contestant : contestants) {
      Time known = times.losses().get(contestant.name());
      String variant = task.describe(contestant.grid().getFirst());
      if (measures && (known == null || !known.variant().equals(variant))) {
        missing.add(contestant);
      }
    }
    if (missing.isEmpty()) {
      return times;
    }
    out.println("Timing the losses ...");
    Map<String, Time> all = new LinkedHashMap<>(times.losses());
    new StepTimer(task, missing).measure(all);
    for (Contestant contestant : missing) {
      Time time = all.get(contestant.name());
      if (time != null) {
        out.printf(
            Locale.ROOT,
            "%-26s %8.2f ms a step, %7.3f ms of them the loss%n",
            contestant.name(),
            time.stepMillis(),
            time.lossMillis());
      }
    }
    StepTimes more = new StepTimes(times.settings(), times.machine(), all);
    byte[] content = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(more);
    AtomicFiles.write(file, stream -> stream.write(content));
    return more;
  }

  private static Map<String, String> common(Task task) {
    Map<String, String> common = new LinkedHashMap<>(task.settings());
    common.put("threads", Integer.toString(task.threads()));
    return common;
  }

  private static StepTimes none(Task task) {
    String machine =
        "%s %s, %d processors, Java %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
    return new StepTimes(common(task), machine, Map.of());
  }

  private static StepTimes read(Path file, Task task) throws IOException {
    StepTimes times;
    try {
      times = JSON.readValue(file.toFile(), StepTimes.class);
    } catch (JacksonException e) {
      throw new BadInputException(
          "%s cannot be read: %s. Maybe remove it.".formatted(file, e.getOriginalMessage()), e);
    }
    if (times == null || times.losses() == null || !common(task).equals(times.settings())) {
      throw new BadInputException(
          "%s has the times of another comparison. Maybe choose another --out.".formatted(file));
    }
    return times;
  }

  /** The steps of each loss that fit into some seconds, at least one. */
  Map<String, Long> stepsIn(double seconds, List<Contestant> contestants) {
    Map<String, Long> steps = new LinkedHashMap<>();
    for (Contestant contestant : contestants) {
      Time time = losses.get(contestant.name());
      if (time == null) {
        throw new BadInputException(
            "The time of %s has not been measured. Maybe run with --times first."
                .formatted(contestant.name()));
      }
      steps.put(
          contestant.name(), Math.max(1, (long) Math.floor(seconds * 1e3 / time.stepMillis())));
    }
    return steps;
  }
}
