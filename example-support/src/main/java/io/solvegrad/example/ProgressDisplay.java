package io.solvegrad.example;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Tells how a training goes: a bar on a terminal, a line now and then elsewhere. */
public final class ProgressDisplay implements AutoCloseable {
  private static final int BAR_UNITS = 1000;
  private static final double LINES = 10;

  private final PrintStream out;
  private final @Nullable ProgressBar bar;
  private double lastLine;

  /**
   * Opens the display.
   *
   * @param out takes the lines where nobody watches
   * @param task what the bar is named
   * @param alreadyUsed share of the work that an earlier run has done, 0 to 1
   */
  public ProgressDisplay(PrintStream out, String task, double alreadyUsed) {
    this.out = out;
    lastLine = Math.floor(alreadyUsed * LINES);
    bar =
        isTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(task)
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

  /**
   * Takes in a step.
   *
   * @param step its number
   * @param used share of the work that is done, at most 1
   * @param secondsLeft estimate of the seconds to the end
   * @param state what the last steps were like, for example {@code loss 0.312}
   */
  public void update(long step, double used, double secondsLeft, String state) {
    String line =
        String.format(
            Locale.ROOT, "%s  %d:%02d left", state, (int) secondsLeft / 60, (int) secondsLeft % 60);
    if (bar != null) {
      bar.setExtraMessage(line);
      bar.stepTo(Math.round(BAR_UNITS * used));
    } else if (Math.floor(used * LINES) > lastLine) {
      lastLine = Math.floor(used * LINES);
      out.printf(Locale.ROOT, "%3.0f %%  step %d  %s%n", 100 * used, step, line);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
