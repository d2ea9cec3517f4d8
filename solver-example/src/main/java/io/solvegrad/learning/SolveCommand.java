package io.solvegrad.learning;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.CommandFailures;
import io.solvegrad.example.training.Budget;
import io.solvegrad.learning.problem.Problem.Predictor;
import io.solvegrad.learning.training.Checkpoint;
import io.solvegrad.learning.training.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code solve}. */
@Command(
    name = "solvegrad solve",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Learns from pixels what things cost, given nothing but the best solutions, through the solver."
          + " Beside it a net that predicts solutions directly and a linear model of mean colours.",
      "",
      "Writes results.json, report.html, training-curve.png, pictures and the nets.",
      ""
    })
public final class SolveCommand implements Callable<Integer> {
  /** Options that saved nets do not decide. */
  private static final Set<String> FREE_WITH_NETS =
      Set.of("--out", "--resume", "--epochs", "--steps", "--seconds", "--stop-after");

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final SolveOptions options = new SolveOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go. Default: out/solve, with --resume its folder.")
  private @Nullable Path outFolder;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Continue what an earlier run has left in this folder, with its settings. With a budget of"
              + " steps or epochs the outcome equals that of a run without interruption.")
  private @Nullable Path resumed;

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      description =
          "Stop after N steps of all nets together as if interrupted; continue with --resume.")
  private long stopAfter = Long.MAX_VALUE;

  @Option(
      names = "--compare",
      paramLabel = "NAME[:X][@STEPS],...",
      split = ",",
      description =
          "Train the net behind the solver with each of these estimators and several seeds instead,"
              + " and compare; @STEPS gives one a number of steps of its own. Finished runs in --out"
              + " are not repeated.")
  private List<String> compared = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Seeds of --compare, counted from --seed. Default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(names = "--help", usageHelp = true, description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli looks for it
  private boolean help;

  private final PrintStream out;

  private SolveCommand(PrintStream out) {
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
    return CommandFailures.execute(new SolveCommand(out), err, arguments);
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = resumed == null ? options.settings() : savedSettings(resumed);
    Path folder = outFolder;
    if (folder == null) {
      folder = resumed == null ? Path.of("out", "solve") : resumed;
    }
    if (!compared.isEmpty()) {
      CompareRun run = new CompareRun(out, folder, compared, settings, seeds);
      CommandFailures.createFolder(folder);
      run.run();
      return 0;
    }
    CommandFailures.createFolder(folder);
    new SolveRun(out, folder, settings, resumed).run(stopAfter);
    return 0;
  }

  private Settings savedSettings(Path folder) {
    if (spec == null) {
      throw new IllegalStateException("the command was not started by its command line");
    }
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(option -> option.longestName())
        .filter(name -> !FREE_WITH_NETS.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new BadInputException(name + " cannot be changed: saved nets keep their settings.");
        });
    Path file = folder.resolve(SolveRun.fileName(Predictor.SOLVER));
    if (!Files.isRegularFile(file)) {
      throw new BadInputException("There is no saved net " + file + ".");
    }
    Settings settings = Checkpoint.open(file).description().settings();
    Budget budget = options.budget();
    return budget == null ? settings : settings.withBudget(budget);
  }
}
