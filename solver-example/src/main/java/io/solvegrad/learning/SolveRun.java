package io.solvegrad.learning;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.Interruption;
import io.solvegrad.example.ProgressDisplay;
import io.solvegrad.example.training.Budget;
import io.solvegrad.learning.problem.Instance;
import io.solvegrad.learning.problem.Problem.Predictor;
import io.solvegrad.learning.report.Outcome;
import io.solvegrad.learning.report.SolveReport;
import io.solvegrad.learning.training.Checkpoint;
import io.solvegrad.learning.training.Learner;
import io.solvegrad.learning.training.Settings;
import io.solvegrad.learning.training.TrainingPoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Trains the three nets one after the other, and writes down what came of them. */
final class SolveRun {
  private static final ObjectWriter JSON =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
  private static final double SECONDS_BETWEEN_SAVES = 60;
  private static final int SHOWN = 6;
  private static final int RECENT = 20;

  private final PrintStream out;
  private final Path folder;
  private final Settings settings;
  private final @Nullable Path resumed;
  private long stepsTaken;

  SolveRun(PrintStream out, Path folder, Settings settings, @Nullable Path resumed) {
    this.out = out;
    this.folder = folder;
    this.settings = settings;
    this.resumed = resumed;
  }

  static String fileName(Predictor predictor) {
    return predictor.toString().toLowerCase(Locale.ROOT) + ".zip";
  }

  /** Trains and reports, or stops after some steps as if interrupted there. */
  void run(long stopAfter) throws IOException {
    long start = System.nanoTime();
    double earlier = 0;
    List<Outcome> outcomes = new ArrayList<>();
    for (Predictor predictor : Predictor.values()) {
      try (Learner learner = new Learner(predictor, own(predictor), saved(predictor))) {
        earlier += learner.seconds();
        Interruption.guard(
            () -> saveBeforeExit(predictor, learner),
            () -> {
              if (train(predictor, learner, stopAfter)) {
                outcomes.add(outcome(predictor, learner));
              }
            });
      }
      if (outcomes.isEmpty() || outcomes.getLast().predictor() != predictor) {
        out.printf("Stopped. %s%n", howToContinue());
        return;
      }
    }
    report(outcomes, earlier + (System.nanoTime() - start) * 1e-9);
  }

  /** Four numbers need no long training. */
  private Settings own(Predictor predictor) {
    Budget budget = settings.budget();
    return predictor == Predictor.LINEAR
        ? settings.withBudget(new Budget(budget.unit(), budget.amount() / 4))
        : settings;
  }

  private @Nullable Checkpoint saved(Predictor predictor) {
    Path file = resumed == null ? null : resumed.resolve(fileName(predictor));
    return file == null || !Files.exists(file) ? null : Checkpoint.open(file);
  }

  private boolean train(Predictor predictor, Learner learner, long stopAfter) throws IOException {
    ArrayDeque<TrainingPoint> recent = new ArrayDeque<>();
    double nextSave = learner.seconds() + SECONDS_BETWEEN_SAVES;
    try (ProgressDisplay progress =
        new ProgressDisplay(out, "Training: " + Outcome.name(predictor), learner.used())) {
      while (learner.used() < 1 && stepsTaken < stopAfter) {
        TrainingPoint step = step(learner);
        stepsTaken++;
        recent.add(step);
        if (recent.size() > RECENT) {
          recent.remove();
        }
        TrainingPoint mean = TrainingPoint.mean(List.copyOf(recent));
        double used = Math.min(1, learner.used());
        progress.update(
            step.step(),
            used,
            learner.seconds() * (1 - used) / used,
            String.format(Locale.ROOT, "loss %.3f  optimal %.3f", mean.loss(), mean.optimal()));
        if (learner.seconds() > nextSave) {
          save(predictor, learner);
          nextSave = learner.seconds() + SECONDS_BETWEEN_SAVES;
        }
      }
    }
    save(predictor, learner);
    return learner.used() >= 1;
  }

  /** A step; where it fails, the training cannot go on. */
  static TrainingPoint step(Learner learner) {
    try {
      return learner.step();
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "Training failed at step %d: %s. Maybe a lower --learning-rate helps."
              .formatted(learner.steps() + 1, e.getMessage()),
          e);
    }
  }

  private void save(Predictor predictor, Learner learner) throws IOException {
    AtomicFiles.write(folder.resolve(fileName(predictor)), learner::save);
  }

  private void saveBeforeExit(Predictor predictor, Learner learner) {
    learner.freeze();
    if (learner.steps() == 0 || learner.used() >= 1) {
      return;
    }
    try {
      save(predictor, learner);
      out.printf("%nInterrupted. %s%n", howToContinue());
    } catch (IOException e) {
      out.printf("%nInterrupted, and the net could not be saved: %s%n", e.getMessage());
    }
  }

  private String howToContinue() {
    return "Continue with: ./solvegrad solve --resume " + folder;
  }

  private Outcome outcome(Predictor predictor, Learner learner) {
    double share = learner.testShare();
    out.printf(
        Locale.ROOT,
        "%-40s %5.1f %% of %d unseen examples optimal   %d steps in %.0f s%n",
        Outcome.name(predictor),
        100 * share,
        settings.tests(),
        learner.steps(),
        learner.seconds());
    return new Outcome(
        predictor,
        share,
        learner.steps(),
        learner.seconds(),
        learner.curve(),
        learner.decode(learner.output(examples(learner))));
  }

  private static Instance[] examples(Learner learner) {
    return learner.instances(
        LongStream.range(0, SHOWN).map(i -> Settings.testIndex((int) i)).toArray());
  }

  private void report(List<Outcome> outcomes, double seconds) throws IOException {
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("command", "solve");
    results.put("problem", settings.problem());
    results.put("size", settings.size());
    results.put("optimalShare", outcomes.get(0).optimalShare());
    results.put("plainNetworkOptimalShare", outcomes.get(1).optimalShare());
    results.put("linearModelOptimalShare", outcomes.get(2).optimalShare());
    results.put("seconds", seconds);
    for (Outcome outcome : outcomes) {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("steps", outcome.steps());
      own.put("trainingSeconds", outcome.seconds());
      results.put(outcome.predictor().toString().toLowerCase(Locale.ROOT), own);
    }
    results.put("settings", settings);
    AtomicFiles.write(
        folder.resolve("results.json"), file -> file.write(JSON.writeValueAsBytes(results)));
    new SolveReport(settings.createProblem(), settings, outcomes, rows()).write(folder);
    out.printf(
        Locale.ROOT, "%.0f seconds in all. Look at %s%n", seconds, folder.resolve("report.html"));
  }

  private Map<String, String> rows() {
    Budget budget = settings.budget();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("problem", settings.problem() + " of size " + settings.size());
    rows.put("training examples", Integer.toString(settings.instances()));
    rows.put("test examples", Integer.toString(settings.tests()));
    rows.put("estimator", settings.estimator().toString());
    rows.put("loss", "wrong entries of the solution; of the plain net binary cross entropy");
    rows.put("batch", settings.batch() + " examples");
    rows.put("learning rate", settings.learningRate() + ", one cycle");
    rows.put("weight decay", Double.toString(settings.weightDecay()));
    rows.put(
        "budget",
        budget.amount()
            + " "
            + budget.unit().toString().toLowerCase(Locale.ROOT)
            + " for each net, a quarter for the linear one");
    rows.put("seed", Long.toString(settings.seed()));
    rows.put("threads", Integer.toString(settings.threads()));
    return rows;
  }
}
