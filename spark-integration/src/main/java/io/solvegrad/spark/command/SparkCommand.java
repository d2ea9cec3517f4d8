package io.solvegrad.spark.command;

import java.io.PrintStream;
import java.util.Objects;
import org.apache.spark.sql.AnalysisException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The main class for {@code spark-submit}, and of {@code ./solvegrad spark}.
 *
 * <p>Exit code 0; 2 with one sentence on standard error for bad input or options; 1 if a job
 * failed.
 */
@Command(
    name = "solvegrad spark",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    description = "Evaluation and training of embeddings on Apache Spark.",
    subcommands = {EvaluateJob.class, TrainJob.class, ScalingStudy.class, HelpCommand.class})
public final class SparkCommand {
  private static final String LOGGING = "log4j2.configurationFile";
  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;

  /** For picocli. */
  public SparkCommand() {}

  /**
   * Runs a job and ends the JVM.
   *
   * @param arguments a command and its options, see --help
   */
  public static void main(String[] arguments) {
    // Under spark-submit logging has begun by now, as the cluster configured it.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "classpath:io/solvegrad/spark/logging.properties");
    }
    System.exit(run(System.err, arguments));
  }

  /** Runs a job and returns the exit code. */
  static int run(PrintStream errors, String... arguments) {
    CommandLine line = new CommandLine(new SparkCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((problem, given, parsed) -> {
      errors.println(
          "solvegrad spark: "
              + Objects.requireNonNullElse(problem.getMessage(), problem.toString())
                  .lines()
                  .findFirst()
                  .orElse(""));
      boolean bad =
          problem instanceof IllegalArgumentException || problem instanceof AnalysisException;
      return bad ? BAD_INPUT : FAILED;
    });
    return line.execute(arguments);
  }
}
