package io.solvegrad.evaluation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./solvegrad evaluate}: metrics of rankings, embeddings and detections kept in files.
 *
 * <p>Prints a table or JSON to standard output once everything is computed. Exit code 0; 2 with one
 * sentence on standard error for bad input or options; 1 if a case of the self-test differs.
 */
@Command(
    name = "solvegrad evaluate",
    mixinStandardHelpOptions = true,
    version = "solvegrad evaluate 0.1.0",
    sortOptions = false,
    usageHelpWidth = 100,
    customSynopsis = {
      "./solvegrad evaluate --qrels F --run F [OPTION...]",
      "       ./solvegrad evaluate --libsvm F --scores F [OPTION...]",
      "       ./solvegrad evaluate --embeddings F --labels F [--gallery F --gallery-labels F] [OPTION...]",
      "       ./solvegrad evaluate --truth PATH --detections PATH --format FORMAT [--iou X] [OPTION...]",
      "       ./solvegrad evaluate --selftest [--cases F]..."
    },
    description = "Metrics of rankings, embeddings and detections kept in files.")
public final class EvaluateCommand implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  @ArgGroup(exclusive = false, heading = "%nRanked lists with labels%n")
  private @Nullable RankingOptions ranking;

  @ArgGroup(exclusive = false, heading = "%nEmbeddings%n")
  private @Nullable RetrievalOptions retrieval;

  @ArgGroup(exclusive = false, heading = "%nDetections%n")
  private @Nullable DetectionOptions detection;

  @Option(
      names = "--selftest",
      description = "Recompute the published numbers of other evaluators that ship with this one.")
  private boolean selfTest;

  @Option(
      names = "--cases",
      paramLabel = "F",
      description = "Case files for --selftest instead of those that ship with it.")
  private List<Path> cases = new ArrayList<>();

  @Mixin private CommonOptions common = new CommonOptions();

  private final PrintStream out;

  /**
   * A command that prints to a stream.
   *
   * @param out takes tables and JSON
   */
  public EvaluateCommand(PrintStream out) {
    Objects.requireNonNull(out, "out must not be null");
    this.out = out;
  }

  /**
   * Runs the command and ends the JVM.
   *
   * @param arguments the options
   */
  public static void main(String[] arguments) {
    Objects.requireNonNull(arguments, "arguments must not be null");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(out, System.err, arguments));
  }

  /**
   * Runs the command.
   *
   * @param out takes tables and JSON
   * @param errors takes the sentence that says what is wrong
   * @param arguments the options
   * @return the exit code
   */
  static int run(PrintStream out, PrintStream errors, String... arguments) {
    CommandLine line = new CommandLine(new EvaluateCommand(out));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(
        (problem, given) -> refuse(errors, problem.getMessage() + ". Maybe see --help?"));
    line.setExecutionExceptionHandler((problem, given, parsed) -> {
      if (problem instanceof IOException || problem instanceof IllegalArgumentException) {
        return refuse(errors, sentence(problem));
      }
      throw problem;
    });
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      return refuse(
          errors,
          "the data does not fit into %d MiB of memory. Maybe set SOLVEGRAD_JAVA_OPTS=-Xmx8g?"
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private static int refuse(PrintStream errors, String sentence) {
    errors.println("solvegrad evaluate: " + sentence);
    return BAD_INPUT;
  }

  private static String sentence(Exception problem) {
    return switch (problem) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case FileNotFoundException missing -> missing.getMessage() + " does not exist";
      case AccessDeniedException denied -> denied.getFile() + " cannot be read";
      default -> Objects.requireNonNullElse(problem.getMessage(), problem.toString());
    };
  }

  @Override
  public Integer call() throws IOException {
    long kinds = Stream.of(ranking, retrieval, detection).filter(Objects::nonNull).count();
    if (selfTest || !cases.isEmpty()) {
      if (!selfTest || kinds > 0) {
        throw new IllegalArgumentException("--selftest stands alone, but for --cases");
      }
      return selfTest();
    }
    if (kinds != 1) {
      throw new IllegalArgumentException(
          kinds == 0
              ? "nothing to evaluate. Maybe --qrels and --run, --libsvm and --scores, --embeddings and --labels, --truth and --detections, or --selftest?"
              : "options of several evaluations are mixed: rankings, embeddings and detections are evaluated one at a time");
    }
    Report report =
        ranking != null
            ? ranking.evaluate(common)
            : retrieval != null
                ? retrieval.evaluate(common)
                : Objects.requireNonNull(detection).evaluate(common);
    print(common.json ? report.toJson() + System.lineSeparator() : report.toText());
    return 0;
  }

  /** Prints a text, or fails: a stream keeps a full disk to itself until it is asked. */
  private void print(String text) throws IOException {
    out.print(text);
    if (out.checkError()) {
      throw new IOException(
          "standard output cannot be written. Maybe the disk is full or the reader has ended?");
    }
  }

  private int selfTest() throws IOException {
    SelfTest.Outcome outcome = SelfTest.run(cases);
    print(outcome.toText());
    return outcome.passed() ? 0 : 1;
  }
}
