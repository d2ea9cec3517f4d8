package io.solvegrad.bench;

import static io.solvegrad.example.BadInputException.require;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.solvegrad.djl.ClassificationLoss;
import io.solvegrad.djl.ScoreLoss;
import io.solvegrad.example.CommandFailures;
import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.LambdaChoice;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.retrieval.data.ClassSplit;
import io.solvegrad.retrieval.data.IconCollection;
import io.solvegrad.retrieval.loss.LossChoice;
import io.solvegrad.retrieval.loss.LossSettings;
import io.solvegrad.retrieval.training.RetrievalTraining;
import io.solvegrad.retrieval.training.Settings;
import io.solvegrad.solver.Lambda;
import java.io.PrintWriter;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.StatUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What share of a step of the default retrieval model a loss on 256 x 4096 scores would take: our
 * part alone (reading scores, ranking, writing the gradient, the linear function that carries it)
 * and with its backward pass, turn by turn with whole steps of the model.
 */
@Command(
    name = "loss-share",
    mixinStandardHelpOptions = true,
    description = "Times a loss on 256 x 4096 scores beside a step of the retrieval model.")
public final class LossShare implements Callable<Integer> {
  private static final int LISTS = 256;
  private static final int CANDIDATES = 4096;
  private static final int RELEVANT = 4;
  // Training takes thousands of steps: by then everything is compiled.
  private static final int WARM_UP = 300;

  private static final int FORMS = 4;
  // A third of the rounds warms up.
  private static final int LEAST_STEPS = 3 * FORMS;
  private static final int MOST_STEPS = 100_000;

  /** A loss with labels of the kind that it takes. */
  private record Form(String name, Loss loss, NDArray labels) {}

  /** Those of the command retrieve. */
  private static final Settings DEFAULTS =
      new Settings(
          new LossSettings(
              LossChoice.parse("recall-loglog"),
              new LambdaChoice(Lambda.plain(200), 0),
              0.05,
              0.1,
              2),
          0,
          LISTS,
          3,
          512,
          0.003,
          0.01,
          0.7,
          0,
          1,
          Runtime.getRuntime().availableProcessors(),
          new Budget(Budget.Unit.STEPS, 10_000));

  @Option(
      names = "--steps",
      description = "Steps measured, in rounds of four (default ${DEFAULT-VALUE}).")
  private int steps = 120;

  @Option(
      names = "--threads",
      description =
          "Threads of the loss (default ${DEFAULT-VALUE}; the engine's own wait actively on the"
              + " other cores).")
  private int threads = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  public LossShare() {}

  /**
   * Runs the command.
   *
   * @param args see --help
   */
  public static void main(String[] args) {
    System.exit(CommandFailures.execute(new LossShare(), CommandFailures.writer(System.err), args));
  }

  @Override
  public Integer call() {
    require("--steps", steps, steps >= LEAST_STEPS && steps <= MOST_STEPS, "12 to 100000");
    require("--threads", threads, threads >= 1 && threads <= 1024, "1 to 1024");
    int rounds = steps / FORMS;
    ClassSplit icons = IconCollection.split(1);
    double[] step = new double[rounds * FORMS];
    double[][] forward = new double[FORMS][rounds];
    double[][] both = new double[FORMS][rounds];
    try (RetrievalTraining training = new RetrievalTraining(DEFAULTS, icons.train());
        NDManager manager = NDManager.newBaseManager()) {
      NDArray scores = manager.create(random(), new Shape(LISTS, CANDIDATES));
      scores.setRequiresGradient(true);
      NDArray cells = manager.create(labels(), new Shape(LISTS, CANDIDATES));
      List<Form> forms = forms(cells, manager.arange(LISTS));
      for (int s = 0; s < FORMS * WARM_UP; s++) {
        Form form = forms.get(s % FORMS);
        form.loss.evaluate(new NDList(form.labels), new NDList(scores)).close();
      }
      // Each form directly behind a step of the model, which has the caches to itself.
      for (int s = 0; s < step.length; s++) {
        long start = System.nanoTime();
        training.step();
        step[s] = (System.nanoTime() - start) * 1e-6;
        Form form = forms.get(s % FORMS);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.zeroGradients();
          long begin = System.nanoTime();
          try (NDArray value = form.loss.evaluate(new NDList(form.labels), new NDList(scores))) {
            forward[s % FORMS][s / FORMS] = (System.nanoTime() - begin) * 1e-6;
            collector.backward(value);
            both[s % FORMS][s / FORMS] = (System.nanoTime() - begin) * 1e-6;
          }
        }
      }
      report(median(step), forms, forward, both);
    }
    return 0;
  }

  private List<Form> forms(NDArray cells, NDArray classes) {
    MetricLoss recall =
        MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(200)))
            .margin(0.05)
            .threads(threads);
    RankingLoss noisy = new PerturbedLoss(recall, PerturbedLoss.Noise.GAUSSIAN, 0.1, 2, 1);
    return List.of(
        new Form("class ids", new ClassificationLoss("recall", recall), classes),
        new Form("matrix of labels", new ScoreLoss("recall", recall), cells),
        new Form("class ids, two noisy rankings", new ClassificationLoss("noisy", noisy), classes),
        new Form("matrix of labels, two noisy rankings", new ScoreLoss("noisy", noisy), cells));
  }

  private void report(double step, List<Form> forms, double[][] forward, double[][] both) {
    PrintWriter console = spec.commandLine().getOut();
    console.printf("step %.1f ms%n", step);
    for (int f = 0; f < FORMS; f++) {
      double alone = median(forward[f]);
      double whole = median(both[f]);
      console.printf(
          "%-38s %5.2f ms = %.2f %%, with its backward pass %5.2f ms = %.2f %%%n",
          forms.get(f).name, alone, 100 * alone / step, whole, 100 * whole / step);
    }
    console.flush();
  }

  /** The first third warms up. */
  private static double median(double[] times) {
    int first = times.length / 3;
    return StatUtils.percentile(times, first, times.length - first, 50);
  }

  private static float[] random() {
    Random random = new Random(1);
    float[] scores = new float[LISTS * CANDIDATES];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) random.nextGaussian();
    }
    return scores;
  }

  private static float[] labels() {
    float[] labels = new float[LISTS * CANDIDATES];
    for (int i = 0; i < LISTS; i++) {
      for (int k = 0; k < RELEVANT; k++) {
        labels[i * CANDIDATES + (97 * i + 613 * k) % CANDIDATES] = 1;
      }
    }
    return labels;
  }
}
