package io.solvegrad.bench.compare;

import static io.solvegrad.example.BadInputException.require;

import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.ranking.FeatureRows;
import io.solvegrad.evaluation.ranking.LibsvmFiles;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.CommandFailures;
import io.solvegrad.retrieval.RetrieveCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code compare}. */
@Command(
    name = "solvegrad compare",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Trains the same model on the same data and batches for the same time under different losses:"
          + " settings chosen on validation classes from grids of one size, then several seeds on the"
          + " test classes, with paired tests against RaMBO.",
      "",
      "Every finished run is kept under DIR/runs and not repeated, so an interrupted comparison goes on"
          + " where it was. Writes results.json, table.md, report.html and charts.",
      ""
    })
public final class CompareCommand implements Callable<Integer> {
  @Mixin private final CompareOptions options = new CompareOptions();

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "A folder with one folder of images per class, a published collection as retrieve takes it, or a"
              + " ranking file in libsvm format. Default: icons.")
  private @Nullable Path data;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description =
          "The test part of a ranking file. Default: the file beside it with test for train in its name,"
              + " or a third of the queries.")
  private @Nullable Path test;

  @Option(
      names = "--scorer",
      paramLabel = "linear|neural",
      defaultValue = "linear",
      description = "What learns on a ranking file. Default: ${DEFAULT-VALUE}.")
  private String scorer = "linear";

  @Option(
      names = "--relevance-level",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Smallest label of a ranking file that is relevant to MAP and to losses that know two kinds"
              + " only. Default: ${DEFAULT-VALUE}.")
  private double level = 1;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description =
          "Share of the training classes or queries that is kept aside to choose settings on. Default:"
              + " ${DEFAULT-VALUE}.")
  private double validation = 0.2;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Decides which classes are test classes, in all runs. Default: ${DEFAULT-VALUE}.")
  private long splitSeed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of model, loss and evaluation. Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--times",
      description = "Only measure the time of a step under each loss; best with an idle machine.")
  private boolean timesOnly;

  @Option(names = "--report", description = "Train nothing: report on the runs that are finished.")
  private boolean reportOnly;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/compare",
      description = "Where results go. Default: ${DEFAULT-VALUE}.")
  private Path outFolder = Path.of("out", "compare");

  @Option(names = "--help", usageHelp = true, description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli looks for it
  private boolean help;

  private final PrintStream out;

  private CompareCommand(PrintStream out) {
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

  /** Runs the command within a program; returns its exit code. */
  static int execute(PrintStream out, PrintWriter err, String... arguments) {
    return CommandFailures.execute(new CompareCommand(out), err, arguments);
  }

  @Override
  public Integer call() throws IOException {
    require("--validation", validation, validation > 0 && validation < 1, "between 0 and 1");
    require("--threads", threads, threads >= 1 && threads <= 1024, "1 to 1024");
    require("--relevance-level", level, level > 0, "positive");
    Double budget = options.budget();
    Tournament.Plan plan =
        new Tournament.Plan(
            options.firstSeed, options.seeds(), options.tuningSeeds, options.opensTest());
    Task task = task();
    List<Contestant> contestants = options.contestants(task);
    Map<String, Long> fixed = budget == null ? options.steps(contestants) : Map.of();
    CommandFailures.createFolder(outFolder);
    boolean measures = timesOnly || (budget != null && !reportOnly);
    StepTimes times =
        StepTimes.of(outFolder.resolve("times.json"), task, contestants, measures, out);
    if (timesOnly) {
      return 0;
    }
    Map<String, Long> steps = budget == null ? fixed : times.stepsIn(budget, contestants);
    RunFolder runs = new RunFolder(out, outFolder.resolve("runs"), task, !reportOnly);
    Tournament.Result result = new Tournament(task, contestants, runs, steps, plan).play();
    if (result.finalists().isEmpty()) {
      throw new BadInputException(
          "No seed is finished with every loss in %s.".formatted(outFolder));
    }
    Finalist reference = options.reference(task, result.finalists());
    CompareReport report =
        new CompareReport(
            task,
            Standing.of(result.finalists(), reference, task.primary()),
            reference,
            result.seeds(),
            plan.seeds(),
            times,
            budget,
            plan.opensTest());
    report.write(outFolder);
    out.printf("%n%s%nLook at %s%n", report.markdown(), outFolder.resolve("report.html"));
    return 0;
  }

  private Task task() throws IOException {
    boolean neural = scorer.equals("neural");
    if (!neural && !scorer.equals("linear")) {
      throw new BadInputException("--scorer must be linear or neural, but is " + scorer + ".");
    }
    if (data == null || Files.isDirectory(data)) {
      String name = data == null ? RetrieveCommand.ICONS : data.toString();
      out.println("Reading " + (data == null ? "the icons" : name) + " ...");
      return new ImageTask(name, validation, splitSeed, threads);
    }
    if (!Files.exists(data)) {
      throw new BadInputException("There is no folder or file " + data + ".");
    }
    try {
      return rankingTask(data, neural);
    } catch (FileFormatException e) {
      throw new BadInputException(e.getMessage() + ".", e);
    }
  }

  private void requireRelevant(Path file, Queries queries) {
    if (queries.largestLabel() < level) {
      throw new BadInputException(
          "%s has no label of at least %s (--relevance-level) among its %d queries."
              .formatted(file, level, queries.size()));
    }
  }

  private Task rankingTask(Path file, boolean neural) throws IOException {
    FeatureRows rows = LibsvmFiles.readRows(file);
    Path sibling = file.resolveSibling(String.valueOf(file.getFileName()).replace("train", "test"));
    Path held = test != null ? test : (sibling.equals(file) ? null : sibling);
    Queries train;
    Queries measured;
    Path measuredFile = file;
    String names = String.valueOf(file.getFileName());
    try {
      if (held != null && (test != null || Files.exists(held))) {
        FeatureRows heldRows = LibsvmFiles.readRows(held);
        int columns = Math.max(1, Math.max(rows.columns(), heldRows.columns()));
        train = Queries.of(rows, columns);
        measured = Queries.of(heldRows, columns);
        names += " and " + held.getFileName();
        measuredFile = held;
      } else {
        List<Queries> parts = Queries.of(rows, Math.max(1, rows.columns())).thirds(splitSeed);
        measured = parts.get(0);
        train = parts.get(1);
        names += ", a third of its queries to test by seed " + splitSeed;
      }
    } catch (NoSuchFileException e) {
      throw new BadInputException("There is no file " + e.getMessage() + ".", e);
    } catch (IllegalArgumentException e) {
      throw new BadInputException("%s: %s.".formatted(file, e.getMessage()), e);
    }
    requireRelevant(measuredFile, measured);
    requireRelevant(file, train);
    if (train.size() < 2) {
      throw new BadInputException(
          "%s has one query to train on; a second one is needed to choose settings by."
              .formatted(file));
    }
    return new RankingTask(
        new RankingTask.Setup(names, neural, level, validation, threads), train, measured);
  }
}
