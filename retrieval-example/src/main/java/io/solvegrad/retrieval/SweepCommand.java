package io.solvegrad.retrieval;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.CommandFailures;
import io.solvegrad.example.report.PairedTable;
import io.solvegrad.retrieval.data.ImageCollection;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code sweep}. */
@Command(
    name = "solvegrad sweep",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Trains variants of retrieve with several seeds each and compares them with the first one, seed"
          + " by seed: mean, standard deviation, paired t test, Wilcoxon signed rank test, Holm's"
          + " correction for many comparisons.",
      "",
      "Every finished run is kept in VARIANT/seed-N/results.json and not repeated, so an interrupted"
          + " sweep goes on where it was. Writes results.json and table.md.",
      ""
    })
public final class SweepCommand implements Callable<Integer> {
  private static final ObjectWriter JSON =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

  @Option(
      names = "--variant",
      paramLabel = "NAME=OPTIONS",
      required = true,
      description =
          "A name and options of retrieve, such as \"memory-4=--memory 4\"; the first variant is the"
              + " one that the others are compared with.")
  private List<String> variants = List.of();

  @Option(
      names = "--common",
      paramLabel = "OPTIONS",
      defaultValue = "",
      description = "Options of retrieve for all variants; a variant's own take precedence.")
  private String common = "";

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "8",
      description = "Runs of each variant. Default: ${DEFAULT-VALUE}.")
  private int seeds = 8;

  @Option(
      names = "--first-seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seeds count from here. Default: ${DEFAULT-VALUE}.")
  private long firstSeed = 1;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder with one folder of images per class. Default: icons.")
  private @Nullable Path dataFolder;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/sweep",
      description = "Where results go. Default: ${DEFAULT-VALUE}.")
  private Path outFolder = Path.of("out", "sweep");

  @Option(names = "--help", usageHelp = true, description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli looks for it
  private boolean help;

  private final PrintStream out;

  private SweepCommand(PrintStream out) {
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

  /** Runs the command within a program; see {@link RetrieveCommand#execute}. */
  static int execute(PrintStream out, java.io.PrintWriter err, String... arguments) {
    return CommandFailures.execute(new SweepCommand(out), err, arguments);
  }

  @Override
  public Integer call() throws IOException {
    if (seeds < 1 || seeds > 1000) {
      throw new BadInputException("--seeds must be 1 to 1000, but is " + seeds + ".");
    }
    List<SweepVariant> all = parseVariants();
    CommandFailures.createFolder(outFolder);
    String data = dataFolder == null ? RetrieveCommand.ICONS : dataFolder.toString();
    ImageCollection images = RetrieveCommand.images(data);
    SweepRuns runs = new SweepRuns(out, outFolder, data, images);
    Map<String, double[]> hitRates = new LinkedHashMap<>();
    all.forEach(variant -> hitRates.put(variant.name(), new double[seeds]));
    // Seed by seed, so that an unfinished sweep has as many runs of each variant as it can.
    for (int s = 0; s < seeds; s++) {
      for (SweepVariant variant : all) {
        double[] rates = hitRates.get(variant.name());
        if (rates != null) {
          rates[s] = runs.hitRate(variant, firstSeed + s);
        }
      }
    }
    report(all, data, PairedTable.of(hitRates));
    return 0;
  }

  private List<SweepVariant> parseVariants() {
    Set<String> names = new HashSet<>();
    List<SweepVariant> all = new ArrayList<>();
    for (String text : variants) {
      SweepVariant variant = SweepVariant.parse(text, common);
      if (!names.add(variant.name())) {
        throw new BadInputException("Two variants are named '%s'.".formatted(variant.name()));
      }
      variant.settings(firstSeed);
      all.add(variant);
    }
    return all;
  }

  private void report(List<SweepVariant> all, String data, PairedTable table) throws IOException {
    long[] seedNumbers = LongStream.range(firstSeed, firstSeed + seeds).toArray();
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("command", "sweep");
    results.put("data", data);
    results.put("metric", "hitRate@1");
    results.put("seeds", seedNumbers);
    Map<String, String> options = new LinkedHashMap<>();
    all.forEach(variant -> options.put(variant.name(), String.join(" ", variant.options())));
    results.put("variants", options);
    results.put("rows", table.rows());
    AtomicFiles.write(
        outFolder.resolve("results.json"), file -> file.write(JSON.writeValueAsBytes(results)));
    AtomicFiles.write(outFolder.resolve("table.md"), table.markdown());
    out.printf(
        Locale.ROOT,
        "%nhit rate@1, seeds %s%n%n%s",
        Arrays.toString(seedNumbers),
        table.markdown());
  }
}
