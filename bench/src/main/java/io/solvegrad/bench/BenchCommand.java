package io.solvegrad.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.solvegrad.rambo.kernel.KernelMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the benchmarks and writes how ours compares with each peer. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures ranks, gradients and losses against named peers.",
    exitCodeOnInvalidInput = 2)
public final class BenchCommand implements Callable<Integer> {

  @Option(names = "--quick", description = "A few questions, measured briefly.")
  private boolean quick;

  @Option(names = "--only", paramLabel = "REGEX", description = "Questions that match.")
  private Pattern only = Pattern.compile("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where results.json is written.")
  private Path out = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  public BenchCommand() {}

  /**
   * Runs the command.
   *
   * @param args see --help
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    List<Question> questions = new ArrayList<>(Question.all());
    questions.addAll(SolverQuestions.all());
    questions.removeIf(q -> (quick && !q.quick()) || !only.matcher(q.name()).find());
    if (questions.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no question matches --only %s".formatted(only));
    }
    try {
      Files.createDirectories(out);
    } catch (IOException failure) {
      throw new ParameterException(
          spec.commandLine(), "--out %s cannot be made: %s".formatted(out, failure.getMessage()));
    }
    PrintWriter console = spec.commandLine().getOut();
    console.println(KernelMode.best().describe());
    List<Comparison> results = new ArrayList<>();
    try {
      for (Question question : questions) {
        compare(question, results, console);
        write(results);
      }
    } catch (RunnerException failure) {
      // Such as a second benchmark on this machine, which would spoil both.
      spec.commandLine().getErr().println("bench: " + failure.getMessage());
      return 1;
    }
    return 0;
  }

  private void compare(Question question, List<Comparison> results, PrintWriter console)
      throws RunnerException {
    double ours = measure(question, "ours");
    for (String peer : question.peers()) {
      Comparison comparison =
          Comparison.of(
              question, KernelMode.best().toString(), peer, ours, measure(question, peer));
      results.add(comparison);
      console.println(
          "%-52s %14.0f ns, %-16s %14.0f ns, ratio %8.2f"
              .formatted(
                  comparison.question(),
                  comparison.oursNs(),
                  peer,
                  comparison.peerNs(),
                  comparison.ratio()));
      console.flush();
    }
  }

  /** Median time of a row in nanoseconds, in a JVM of its own with the flags of this one. */
  private double measure(Question question, String method) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(Pattern.quote(question.benchmark().getName() + "." + method) + "$")
            .param("config", question.config().toString())
            .mode(Mode.SampleTime)
            .forks(1)
            .jvmArgsAppend(question.jvmArguments().toArray(String[]::new))
            .warmupIterations(quick ? 2 : 6)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 1 : 4)
            .measurementTime(TimeValue.seconds(1))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    RunResult result = new Runner(options).runSingle();
    double median = result.getPrimaryResult().getStatistics().getPercentile(50);
    return median
        * nanoseconds(result.getPrimaryResult().getScoreUnit())
        / question.config().rows();
  }

  private static double nanoseconds(String unit) {
    return switch (unit.substring(0, unit.indexOf('/')).toLowerCase(Locale.ROOT)) {
      case "ns" -> 1;
      case "us" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      default -> throw new IllegalStateException("JMH measures in " + unit);
    };
  }

  /** Never leaves half a file behind. */
  private void write(List<Comparison> results) throws IOException {
    Path part = out.resolve("results.json.part");
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(part.toFile(), results);
    Files.move(part, out.resolve("results.json"), StandardCopyOption.REPLACE_EXISTING);
  }
}
