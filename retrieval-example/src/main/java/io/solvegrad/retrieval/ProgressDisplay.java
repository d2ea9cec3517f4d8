package io.solvegrad.retrieval;

import io.solvegrad.retrieval.training.TrainingPoint;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Tells how the training goes: a bar on a terminal, a line now and then elsewhere. */
final class ProgressDisplay implements AutoCloseable {
  private static final int BAR_UNITS = 1000;
  private static final double LINES = 10;
  // Single batches are noisy: what is shown is a moving mean over about this many.
  private static final double MEMORY = 20;

  private final PrintStream out;
  private final @Nullable ProgressBar bar;
  private double loss;
  private double hitRate;
  private double zeroGradients;
  private double weight;
  private double lastLine;

  ProgressDisplay(PrintStream out, double alreadyUsed) {
    this.out = out;
    lastLine = Math.floor(alreadyUsed * LINES);
    bar =
        isTerminal()
            ? new ProgressBarBuilder()
                .setTaskName("Training")
                .setInitialMax(BAR_UNITS)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .hideEta()
                .build()
            : null;
  }

  /** Whether somebody watches; there may be a console that is a file. */
  @SuppressWarnings("SystemConsoleNull") // it is null where standard input is closed
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Takes in a step; used is the share of the budget that is gone, at most 1. */
  void update(TrainingPoint step, double used, double secondsLeft) {
    double keep = 1 - 1 / Math.min(MEMORY, (double) step.step());
    weight = keep * weight + 1;
    loss = keep * loss + step.loss();
    hitRate = keep * hitRate + step.batchHitRate();
    zeroGradients = keep * zeroGradients + step.zeroGradients();
    String state =
        String.format(
            Locale.ROOT,
            "loss %.3f  batch hit rate %.3f  no gradient %2.0f %%  %d:%02d left",
            loss / weight,
            hitRate / weight,
            100 * zeroGradients / weight,
            (int) secondsLeft / 60,
            (int) secondsLeft % 60);
    if (bar != null) {
      bar.setExtraMessage(state);
      bar.stepTo(Math.round(BAR_UNITS * used));
    } else if (Math.floor(used * LINES) > lastLine) {
      lastLine = Math.floor(used * LINES);
      out.printf(Locale.ROOT, "%3.0f %%  step %d  %s%n", 100 * used, step.step(), state);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
