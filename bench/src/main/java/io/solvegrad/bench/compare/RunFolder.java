package io.solvegrad.bench.compare;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.Interruption;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Runs, each with a file that says what came of it. The file is named by all that determines the
 * run, and written when the run is over, so that a comparison that is started again does what is
 * left to do.
 */
final class RunFolder {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int CURVE_POINTS = 4;
  private static final int STEPS_PER_POINT = 10;

  private final PrintStream out;
  private final Path folder;
  private final Task task;
  private final boolean trains;

  /** A file: what determines the run, and what came of it. */
  private record Entry(Map<String, String> key, Outcome outcome) {}

  /**
   * Runs in a folder.
   *
   * @param trains whether runs that are missing are done; otherwise they stay missing
   */
  RunFolder(PrintStream out, Path folder, Task task, boolean trains) {
    this.out = out;
    this.folder = folder;
    this.task = task;
    this.trains = trains;
  }

  /** What came of a run, which is done now unless it has been; null where it is not to be done. */
  @Nullable Outcome get(Run run) throws IOException {
    Map<String, String> key = key(run);
    Path file = file(run, key);
    if (Files.exists(file)) {
      return read(file, key);
    }
    if (!trains) {
      return null;
    }
    Outcome outcome = train(run);
    AtomicFiles.write(
        file,
        stream ->
            stream.write(
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Entry(key, outcome))));
    out.printf(
        Locale.ROOT,
        "%-26s seed %-4d %5d steps in %4.0f s   %s %.4f on %s   %s%n",
        run.variant().name(),
        run.seed(),
        outcome.steps(),
        outcome.seconds(),
        task.primary(),
        outcome.measured().get(task.primary()),
        run.opensTest() ? "test" : "validation",
        run.variant().text());
    return outcome;
  }

  /** Tells of a setting that has failed in tuning. */
  void tell(Diverged failure) {
    out.println(failure.getMessage());
  }

  private Map<String, String> key(Run run) {
    Map<String, String> key = new LinkedHashMap<>(task.settings());
    key.put("variant", task.describe(run.variant()));
    key.put("seed", Long.toString(run.seed()));
    key.put("steps", Long.toString(run.steps()));
    key.put("measured", run.opensTest() ? "test" : "validation");
    return key;
  }

  private Path file(Run run, Map<String, String> key) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(JSON.writeValueAsString(key).getBytes(StandardCharsets.UTF_8));
    return folder
        .resolve(run.variant().name())
        .resolve("seed-%d-%08x.json".formatted(run.seed(), sum.getValue()));
  }

  private static Outcome read(Path file, Map<String, String> key) throws IOException {
    Entry entry;
    try {
      entry = JSON.readValue(file.toFile(), Entry.class);
    } catch (JacksonException e) {
      throw new BadInputException(
          "%s cannot be read: %s. Maybe remove it.".formatted(file, e.getOriginalMessage()), e);
    }
    if (entry == null || entry.outcome() == null || !key.equals(entry.key())) {
      throw new BadInputException("%s is no run of this kind. Maybe remove it.".formatted(file));
    }
    return entry.outcome();
  }

  private Outcome train(Run run) throws IOException {
    List<Outcome> result = new ArrayList<>();
    PeakMemory.reset();
    try (Trial trial = task.start(run.variant(), run.seed(), run.steps())) {
      Interruption.guard(trial::freeze, () -> result.add(train(run, trial)));
    }
    return result.getFirst();
  }

  private Outcome train(Run run, Trial trial) {
    List<Outcome.Point> curve = new ArrayList<>();
    double zeroGradients = 0;
    long nanos = 0;
    // Where a run is a few steps, measuring would take longer than training.
    long points = Math.clamp(run.steps() / STEPS_PER_POINT, 2, CURVE_POINTS);
    for (long step = 1; step < run.steps() + 1; step++) {
      long start = System.nanoTime();
      try {
        zeroGradients += trial.step();
      } catch (IllegalArgumentException e) {
        throw new Diverged(run, step, e);
      }
      nanos += System.nanoTime() - start;
      long passed = step * points / run.steps();
      if (step < run.steps() && passed > (step - 1) * points / run.steps()) {
        curve.add(new Outcome.Point(step, trial.validation().get(task.primary())));
      }
    }
    Double peak = PeakMemory.megabytes();
    Quality validation = trial.validation();
    curve.add(new Outcome.Point(run.steps(), validation.get(task.primary())));
    return new Outcome(
        run.steps(),
        nanos * 1e-9,
        trial.lossSeconds(),
        zeroGradients / run.steps(),
        peak,
        curve,
        validation,
        run.opensTest() ? trial.test() : null);
  }
}
