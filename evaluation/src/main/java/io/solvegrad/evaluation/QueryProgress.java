package io.solvegrad.evaluation;

import java.io.Console;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far an evaluation is, on standard error: a bar on a terminal, now and then a line
 * elsewhere.
 */
final class QueryProgress implements AutoCloseable {
  private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

  private final int total;
  private final @Nullable ProgressBar bar;
  private long lastLine = System.nanoTime();
  private int done;

  QueryProgress(int total) {
    this.total = total;
    bar =
        onTerminal()
            ? new ProgressBarBuilder()
                .setTaskName("queries")
                .setInitialMax(total)
                .clearDisplayOnFinish()
                .build()
            : null;
  }

  @SuppressWarnings("SystemConsoleNull") // still null where -Djdk.console=java.base is set
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  void step() {
    done++;
    if (bar != null) {
      bar.step();
    } else if (System.nanoTime() - lastLine > NANOS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      System.err.println(done + " of " + total + " queries");
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
