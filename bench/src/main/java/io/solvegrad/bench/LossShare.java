package io.solvegrad.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.solvegrad.djl.ScoreLoss;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.retrieval.data.ClassSplit;
import io.solvegrad.retrieval.data.IconCollection;
import io.solvegrad.retrieval.loss.LambdaChoice;
import io.solvegrad.retrieval.loss.LossChoice;
import io.solvegrad.retrieval.loss.LossSettings;
import io.solvegrad.retrieval.training.Budget;
import io.solvegrad.retrieval.training.RetrievalTraining;
import io.solvegrad.retrieval.training.Settings;
import io.solvegrad.solver.Lambda;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.StatUtils;
import picocli.CommandLine;
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

  @Option(names = "--steps", description = "Steps measured (default ${DEFAULT-VALUE}).")
  private int steps = 60;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  public LossShare() {}

  /**
   * Runs the command.
   *
   * @param args see --help
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LossShare()).execute(args));
  }

  @Override
  public Integer call() {
    ClassSplit icons = ClassSplit.of(IconCollection.load(), 0.5, 1);
    double[] step = new double[steps];
    double[] forward = new double[steps];
    double[] both = new double[steps];
    double[] noisy = new double[steps];
    try (RetrievalTraining training = new RetrievalTraining(DEFAULTS, icons.train());
        NDManager manager = NDManager.newBaseManager()) {
      NDArray scores = manager.create(random(), new Shape(LISTS, CANDIDATES));
      NDArray labels = manager.create(labels(), new Shape(LISTS, CANDIDATES));
      scores.setRequiresGradient(true);
      MetricLoss recall =
          MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(200))).margin(0.05);
      ScoreLoss loss = new ScoreLoss("recall", recall);
      ScoreLoss perturbed =
          new ScoreLoss(
              "perturbed recall",
              new PerturbedLoss(recall, PerturbedLoss.Noise.GAUSSIAN, 0.1, 2, 1));
      for (int s = 0; s < steps; s++) {
        long start = System.nanoTime();
        training.step();
        long middle = System.nanoTime();
        step[s] = (middle - start) * 1e-6;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.zeroGradients();
          long begin = System.nanoTime();
          NDArray value = loss.evaluate(new NDList(labels), new NDList(scores));
          long evaluated = System.nanoTime();
          collector.backward(value);
          forward[s] = (evaluated - begin) * 1e-6;
          both[s] = (System.nanoTime() - begin) * 1e-6;
          begin = System.nanoTime();
          perturbed.evaluate(new NDList(labels), new NDList(scores)).close();
          noisy[s] = (System.nanoTime() - begin) * 1e-6;
        }
      }
    }
    spec.commandLine()
        .getOut()
        .printf(
            "step %.1f ms; loss %.2f ms = %.2f %%; with its backward pass %.2f ms = %.2f %%;"
                + " over two noisy rankings %.1f ms = %.1f %%%n",
            median(step),
            median(forward),
            100 * median(forward) / median(step),
            median(both),
            100 * median(both) / median(step),
            median(noisy),
            100 * median(noisy) / median(step));
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** The first third warms up. */
  private double median(double[] times) {
    return StatUtils.percentile(times, steps / 3, steps - steps / 3, 50);
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
