package io.solvegrad.detection;

import io.solvegrad.detection.data.DataFolder;
import io.solvegrad.detection.data.DetectionData;
import io.solvegrad.detection.data.SceneFolder;
import io.solvegrad.detection.report.Measurement;
import io.solvegrad.detection.training.Checkpoint;
import io.solvegrad.detection.training.DetectorTraining;
import io.solvegrad.detection.training.Settings;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.CommandFailures;
import io.solvegrad.example.Interruption;
import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.ModelOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code detect}. */
@Command(
    name = "solvegrad detect",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Trains a small object detector whose classification learns from average precision through the"
          + " exact ranking, and prints Pascal VOC's and COCO's average precision on drawings by teams"
          + " never seen.",
      "",
      "Writes results.json, report.html, training-curve.png, precision-recall.png, model.zip and the"
          + " detections as files of Pascal VOC's development kit.",
      ""
    })
public final class DetectCommand implements Callable<Integer> {
  static final String ICONS = "icons";

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final DetectOptions options = new DetectOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A folder of Pascal VOC (Annotations, JPEGImages, ImageSets/Main) or COCO"
              + " (annotations/instances_*.json and images). Default: scenes with icons by 14 design"
              + " teams, four of which only the test scenes show.")
  private @Nullable Path dataFolder;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/detect",
      description = "Where results go. Default: ${DEFAULT-VALUE}.")
  private Path outFolder = Path.of("out", "detect");

  @Option(
      names = "--compare",
      paramLabel = "NAME[=OPTIONS]",
      description =
          "Train variants for the same time with several seeds and compare them with the first one: a"
              + " head, or a name and options such as \"no-memory=--memory 0\". Repeatable.")
  private List<String> compared = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "8",
      description = "Runs of each compared variant. Default: ${DEFAULT-VALUE}.")
  private int seeds = 8;

  @Option(
      names = "--timing",
      description =
          "With --compare: only measure how long a step of each variant takes. Kept in timing.json, so"
              + " that the runs may go on on a busy machine.")
  private boolean timing;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(names = "--help", usageHelp = true, description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli looks for it
  private boolean help;

  private final PrintStream out;

  private DetectCommand(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the command.
   *
   * @param arguments the options
   */
  public static void main(String[] arguments) {
    System.exit(execute(System.out, CommandFailures.writer(System.err), arguments));
  }

  /**
   * Runs the command within a program.
   *
   * @param out where it tells what it does
   * @param err where it complains
   * @param arguments the options
   * @return 0, or 2 for bad input with a sentence on the error stream, or 1 for a failure
   */
  static int execute(PrintStream out, PrintWriter err, String... arguments) {
    return CommandFailures.execute(new DetectCommand(out), err, arguments);
  }

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    if (!compared.isEmpty()) {
      return compare();
    }
    Checkpoint checkpoint = checkpoint();
    Settings settings =
        checkpoint == null ? options.settings() : checkpoint.description().settings();
    CommandFailures.createFolder(outFolder);
    String source = source(checkpoint);
    DetectionData data = data(source, settings, outFolder, out);
    DetectionRun run = new DetectionRun(out, outFolder, source, data);
    Measurement untrained;
    try (DetectorTraining fresh = new DetectorTraining(settings, data)) {
      untrained = Measurement.of("untrained head", data.measured(), fresh.detect(data.measured()));
    }
    run.print(untrained);
    try (DetectorTraining training = training(settings, checkpoint, data)) {
      Interruption.guard(
          () -> run.session().saveBeforeExit(training),
          () -> {
            if (model.isEvaluation() || run.train(training, model.stopAfter())) {
              run.report(training, untrained, (System.nanoTime() - start) * 1e-9);
            } else {
              out.printf(
                  "Stopped after step %d. %s%n", training.steps(), run.session().howToContinue());
            }
          });
    }
    return 0;
  }

  private int compare() throws IOException {
    if (model.file(requireSpec().commandLine().getParseResult()) != null) {
      throw new BadInputException(
          "--compare repeats no finished run; leave out --resume and --evaluate.");
    }
    if (seeds < 1 || seeds > 1000) {
      throw new BadInputException("--seeds must be 1 to 1000, but is " + seeds + ".");
    }
    Comparison comparison =
        Comparison.parse(compared, requireSpec().commandLine().getParseResult(), options);
    CommandFailures.createFolder(outFolder);
    String source = dataFolder == null ? ICONS : dataFolder.toString();
    ComparisonRuns runs = new ComparisonRuns(out, outFolder, source, comparison);
    runs.measureSteps();
    if (!timing) {
      runs.compare(options.seed, seeds);
    }
    return 0;
  }

  private @Nullable Checkpoint checkpoint() {
    Path file = model.file(requireSpec().commandLine().getParseResult());
    return file == null ? null : Checkpoint.open(file);
  }

  private CommandSpec requireSpec() {
    if (spec == null) {
      throw new IllegalStateException("the command was not started by its command line");
    }
    return spec;
  }

  private String source(@Nullable Checkpoint checkpoint) {
    if (dataFolder != null) {
      return dataFolder.toString();
    }
    return checkpoint == null ? ICONS : checkpoint.description().data();
  }

  /** Reads the pictures of a run, and tells what there is and what was left out. */
  static DetectionData data(String source, Settings settings, Path folder, PrintStream out)
      throws IOException {
    Path read = Path.of(source);
    if (source.equals(ICONS)) {
      read = folder.resolve("scenes").resolve("seed-" + settings.seed());
      out.println("Drawing scenes with icons in " + read + " ...");
      int measured = Math.max(1, settings.scenes() / 5);
      SceneFolder.ensure(
          read,
          settings.seed(),
          settings.side(),
          new SceneFolder.Counts(settings.scenes(), measured, measured));
    } else {
      out.println("Reading " + source + " ...");
    }
    DetectionData data = DataFolder.load(read, settings.side(), settings.validation());
    data.notes().forEach(out::println);
    out.printf(
        "%d pictures with %d objects of %d classes to train on, %d with %d to measure on (%s).%n",
        data.train().pictures().size(),
        data.train().objects(),
        data.categories().size(),
        data.measured().pictures().size(),
        data.measured().objects(),
        data.measured().name());
    return data;
  }

  private DetectorTraining training(
      Settings settings, @Nullable Checkpoint checkpoint, DetectionData data) {
    if (checkpoint == null) {
      return new DetectorTraining(settings, data);
    }
    Budget budget = options.budget.budget();
    return DetectorTraining.resume(checkpoint, budget == null ? settings.budget() : budget, data);
  }
}
