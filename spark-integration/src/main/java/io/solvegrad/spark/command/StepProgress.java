package io.solvegrad.spark.command;

import java.io.Console;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Shows how far a training is: a bar on a terminal, twenty lines elsewhere. */
final class StepProgress implements AutoCloseable {
  private static final int LINES = 20;

  private final int steps;
  private final PrintWriter out;
  private @Nullable ProgressBar bar;

  StepProgress(int steps, PrintWriter out) {
    this.steps = steps;
    this.out = out;
  }

  @SuppressWarnings("SystemConsoleNull") // still null where -Djdk.console=java.base is set
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  void step(int number, double loss) {
    if (bar == null && onTerminal()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("steps")
              .setInitialMax(steps)
              .clearDisplayOnFinish()
              .build();
    }
    if (bar != null) {
      bar.stepTo(number);
      bar.setExtraMessage("loss %.3f".formatted(loss));
    } else if (number % Math.max(1, steps / LINES) == 0 || number == steps) {
      out.println("step %d of %d, loss %.4f".formatted(number, steps, loss));
      out.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
