package io.solvegrad.learning;

import io.solvegrad.example.CommandFailures;
import io.solvegrad.learning.landscape.LandscapeRun;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code landscape}. */
@Command(
    name = "solvegrad landscape",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Draws why learning through solvers works: the piecewise constant loss f of a solver over a"
          + " plane through its weights, and its interpolations f_lambda, whose slopes are the"
          + " blackbox gradients.",
      "",
      "Writes results.json, landscape.html (turn it, point at it) and PNG pictures.",
      ""
    })
public final class LandscapeCommand implements Callable<Integer> {
  @Option(
      names = "--problem",
      paramLabel = "NAME",
      defaultValue = "ranking",
      description =
          "ranking, shortest-path, matching or tour; metric: a rank metric of one moving score beside"
              + " smooth versions; margin: a loss at a tie with and without margin. Default:"
              + " ${DEFAULT-VALUE}.")
  private String problem = "ranking";

  @Option(
      names = "--lambdas",
      paramLabel = "X,X,...",
      split = ",",
      description =
          "Interpolation strengths to draw, ascending. Default: ranking 1,2,4,8,16; shortest-path"
              + " 0.5,1,2,4; matching 2,5,10,20,40; tour 1,2,4,8,16; metric 1,3; margin 0.2.")
  private List<Double> lambdas = List.of();

  @Option(
      names = "--grid",
      paramLabel = "N",
      defaultValue = "81",
      description = "Points a side of a surface. Default: ${DEFAULT-VALUE}.")
  private int grid;

  @Option(
      names = "--margin",
      paramLabel = "X",
      defaultValue = "0.2",
      description = "The margin of --problem margin. Default: ${DEFAULT-VALUE}.")
  private double margin;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides the plane and the slope of the loss. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/landscape",
      description = "Where results go. Default: ${DEFAULT-VALUE}.")
  private Path outFolder = Path.of("out", "landscape");

  @Option(names = "--help", usageHelp = true, description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli looks for it
  private boolean help;

  /** Held, because settings of loggers that nobody holds are lost. */
  private static final Logger LOSSES = Logger.getLogger("io.solvegrad.ranking");

  private final PrintStream out;

  private LandscapeCommand(PrintStream out) {
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
    return CommandFailures.execute(new LandscapeCommand(out), err, arguments);
  }

  @Override
  public Integer call() throws IOException {
    // Nothing is trained here: the advice of losses without a gradient would only confuse.
    LOSSES.setLevel(Level.SEVERE);
    LandscapeRun run = new LandscapeRun(problem, lambdas, grid, margin, seed);
    CommandFailures.createFolder(outFolder);
    out.println("Look at " + run.write(outFolder));
    return 0;
  }
}
