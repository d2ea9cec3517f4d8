package io.solvegrad.bench.boosting;

import io.solvegrad.boosting.RankingRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Compares ranking objectives in gradient boosting. Every objective is tuned over sixteen settings
 * by five-fold cross-validation on the training queries, once for each metric; the setting chosen
 * is trained on all training queries with eight seeds and measured on the test queries.
 */
@Command(
    name = "boost",
    mixinStandardHelpOptions = true,
    description = "Compares ranking objectives in XGBoost and LightGBM.",
    exitCodeOnInvalidInput = 2)
public final class BoostCommand implements Callable<Integer> {
  private static final int FOLDS = 5;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Holds rank.train and rank.test with their .query files.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where runs.json is written; what it holds is not measured again.")
  private Path out = Path.of("");

  @Option(names = "--columns", description = "Features of a row (default ${DEFAULT-VALUE}).")
  private int columns = 301;

  @Option(names = "--rounds", description = "Boosting rounds (default ${DEFAULT-VALUE}).")
  private int rounds = 100;

  @Option(names = "--depth", description = "Depth of the trees (default ${DEFAULT-VALUE}).")
  private int depth = 5;

  @Option(names = "--seeds", description = "Runs on the test queries (default ${DEFAULT-VALUE}).")
  private int seeds = 8;

  @Option(names = "--threads", description = "Runs at a time (default ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(names = "--only", paramLabel = "REGEX", description = "Objectives that match.")
  private Pattern only = Pattern.compile("");

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  public BoostCommand() {}

  /**
   * Runs the command.
   *
   * @param args see --help
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new BoostCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    for (String name : List.of("rank.train", "rank.test", "rank.train.query", "rank.test.query")) {
      if (!Files.isReadable(data.resolve(name))) {
        throw new ParameterException(
            spec.commandLine(), "--data %s has no file %s".formatted(data, name));
      }
    }
    Files.createDirectories(out);
    RankingRows train = LibsvmRows.read(data.resolve("rank.train"), columns);
    RankingRows test = LibsvmRows.read(data.resolve("rank.test"), columns);
    RunStore store = new RunStore(out.resolve("runs.json"));
    List<Setting> settings =
        Grids.all().stream().filter(s -> only.matcher(s.family()).find()).toList();
    PrintWriter console = spec.commandLine().getOut();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      Map<Setting, Map<String, double[]>> tuned = tune(settings, train, store, workers);
      new ComparisonTable(settings, tuned)
          .print(chosen -> runs(chosen, train, test, store, workers), console);
    } finally {
      store.save();
    }
    return 0;
  }

  /** The metrics of every training query under cross-validation. */
  private Map<Setting, Map<String, double[]>> tune(
      List<Setting> settings, RankingRows train, RunStore store, ExecutorService workers)
      throws InterruptedException, ExecutionException {
    Map<Setting, List<Future<Map<String, double[]>>>> pending = new LinkedHashMap<>();
    for (Setting setting : settings) {
      List<Future<Map<String, double[]>>> folds = new ArrayList<>();
      for (int fold = 0; fold < FOLDS; fold++) {
        RankingRows rest = LibsvmRows.fold(train, FOLDS, fold, false);
        RankingRows held = LibsvmRows.fold(train, FOLDS, fold, true);
        String run = "fold %d: %s".formatted(fold, key(setting));
        folds.add(workers.submit(() -> store.get(run, () -> measure(setting, rest, held, 1))));
      }
      pending.put(setting, folds);
    }
    Map<Setting, Map<String, double[]>> tuned = new LinkedHashMap<>();
    for (var entry : pending.entrySet()) {
      tuned.put(entry.getKey(), ComparisonTable.joined(results(entry.getValue())));
    }
    return tuned;
  }

  /** The metrics of every test query, for each seed. */
  private List<Map<String, double[]>> runs(
      Setting setting,
      RankingRows train,
      RankingRows test,
      RunStore store,
      ExecutorService workers) {
    List<Future<Map<String, double[]>>> pending = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      int number = seed;
      String run = "seed %d: %s".formatted(seed, key(setting));
      pending.add(
          workers.submit(() -> store.get(run, () -> measure(setting, train, test, number))));
    }
    try {
      return results(pending);
    } catch (InterruptedException | ExecutionException e) {
      throw new Trainer.TrainingException(setting.name(), e);
    }
  }

  private String key(Setting setting) {
    return "%s rounds=%d depth=%d".formatted(setting.name(), rounds, depth);
  }

  private Map<String, double[]> measure(
      Setting setting, RankingRows train, RankingRows test, int seed) {
    return Quality.of(new Trainer(rounds, depth, 0.8).scores(setting, train, test, seed), test);
  }

  private static List<Map<String, double[]>> results(List<Future<Map<String, double[]>>> pending)
      throws InterruptedException, ExecutionException {
    List<Map<String, double[]>> results = new ArrayList<>();
    for (Future<Map<String, double[]>> result : pending) {
      results.add(result.get());
    }
    return results;
  }

  /** The setting of a family that did best in cross-validation. */
  static Setting best(
      List<Setting> family, Map<Setting, Map<String, double[]>> tuned, String metric) {
    return family.stream()
        .max(Comparator.comparingDouble(s -> ComparisonTable.mean(tuned, s, metric)))
        .orElseThrow();
  }
}
