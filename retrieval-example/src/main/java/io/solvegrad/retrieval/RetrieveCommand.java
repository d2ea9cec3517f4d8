package io.solvegrad.retrieval;

import io.solvegrad.example.CommandFailures;
import io.solvegrad.example.Interruption;
import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.ModelOptions;
import io.solvegrad.retrieval.data.ClassSplit;
import io.solvegrad.retrieval.data.FolderCollection;
import io.solvegrad.retrieval.data.IconCollection;
import io.solvegrad.retrieval.data.ImageCollection;
import io.solvegrad.retrieval.report.HitRates;
import io.solvegrad.retrieval.training.Checkpoint;
import io.solvegrad.retrieval.training.RetrievalTraining;
import io.solvegrad.retrieval.training.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code retrieve}. */
@Command(
    name = "solvegrad retrieve",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Trains an embedding of drawings by average precision (or any other loss) through exact rankings,"
          + " and prints how often a query of a class never seen finds its class among drawings by other"
          + " teams.",
      "",
      "Writes results.json, report.html, training-curve.png and model.zip.",
      ""
    })
public final class RetrieveCommand implements Callable<Integer> {
  /** The data that comes with the program. */
  public static final String ICONS = "icons";

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RetrieveOptions options = new RetrieveOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A folder with one folder of png, jpg, gif or bmp images per class, or CUB-200-2011, Stanford"
              + " Online Products or In-shop with their lists and split. Default: icons by 18"
              + " design teams, where a query ignores drawings of its own team.")
  private @Nullable Path dataFolder;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/retrieve",
      description = "Where results go. Default: ${DEFAULT-VALUE}.")
  private Path outFolder = Path.of("out", "retrieve");

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(names = "--help", usageHelp = true, description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli looks for it
  private boolean help;

  private final PrintStream out;

  private RetrieveCommand(PrintStream out) {
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
    return CommandFailures.execute(new RetrieveCommand(out), err, arguments);
  }

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    Checkpoint checkpoint = checkpoint();
    Settings settings =
        checkpoint == null ? options.settings() : checkpoint.description().settings();
    CommandFailures.createFolder(outFolder);
    String data = data(checkpoint);
    out.println("Reading " + (data.equals(ICONS) ? "the icons" : data) + " ...");
    MeasuredClasses classes = MeasuredClasses.of(split(data, settings.seed()), settings);
    out.printf(
        "%d images of %d classes to train on, %d of %d classes never seen to %s on.%n",
        classes.train().size(),
        classes.train().classCount(),
        classes.measured().size(),
        classes.measured().classCount(),
        classes.kind().equals("test") ? "test" : "validate");
    HeldOutEvaluation evaluation = new HeldOutEvaluation(classes.measured(), settings.threads());
    RetrievalRun run =
        new RetrievalRun(
            out,
            outFolder,
            data,
            data.equals(ICONS) ? IconCollection.CREDITS : "",
            evaluation,
            classes.kind());
    HitRates raw = evaluation.measure("raw pixels", evaluation.rawPixels());
    run.print(raw);
    float[] embeddings;
    try (RetrievalTraining fresh = new RetrievalTraining(settings, classes.train())) {
      embeddings = fresh.embed(classes.measured());
    }
    HitRates untrained = evaluation.measure("untrained net", embeddings);
    run.print(untrained);
    try (RetrievalTraining training = training(settings, checkpoint, classes.train())) {
      Interruption.guard(
          () -> run.session().saveBeforeExit(training),
          () -> {
            if (model.isEvaluation() || run.train(training, model.stopAfter())) {
              run.report(training, raw, untrained, embeddings, (System.nanoTime() - start) * 1e-9);
            } else {
              out.printf(
                  "Stopped after step %d. %s%n", training.steps(), run.session().howToContinue());
            }
          });
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

  private String data(@Nullable Checkpoint checkpoint) {
    if (dataFolder != null) {
      return dataFolder.toString();
    }
    return checkpoint == null ? ICONS : checkpoint.description().data();
  }

  /**
   * Reads images and sets classes aside for testing: by the lists of a published collection where
   * there are any, otherwise half of the classes.
   *
   * @param data a folder with a folder of images per class, a published collection, or {@value
   *     #ICONS}
   * @param seed decides which classes where no list does
   * @return images to learn from and images to test on
   * @throws io.solvegrad.example.BadInputException if the images cannot be read or are too few
   */
  public static ClassSplit split(String data, long seed) {
    return data.equals(ICONS)
        ? IconCollection.split(seed)
        : FolderCollection.split(Path.of(data), seed);
  }

  private RetrievalTraining training(
      Settings settings, @Nullable Checkpoint checkpoint, ImageCollection images) {
    if (checkpoint == null) {
      return new RetrievalTraining(settings, images);
    }
    Budget budget = options.budget.budget();
    return RetrievalTraining.resume(
        checkpoint, budget == null ? settings.budget() : budget, images);
  }
}
