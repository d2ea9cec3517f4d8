package io.solvegrad.ranking;

import java.lang.System.Logger.Level;

/** Warns once of a loss that is silent: lists have a loss, but nearly none a gradient. */
final class SilenceWatch {
  private static final String LOGGER = "io.solvegrad.ranking";
  // So many lists are judged together; fewer may be silent by chance.
  private static final long LISTS = 200;
  private static final double SHARE = 0.95;

  private final Diagnostics seen = new Diagnostics();
  private boolean warned;

  synchronized void look(Diagnostics step) {
    if (warned || step.listsWithLoss() == 0) {
      return;
    }
    seen.add(step);
    if (seen.listsWithLoss() < LISTS) {
      return;
    }
    if (seen.silentShare() >= SHARE) {
      warned = true;
      System.getLogger(LOGGER).log(Level.WARNING, message());
    }
    seen.reset();
  }

  private String message() {
    String lambda =
        seen.largestLambda() == 0
            ? "Maybe smooth more."
            : "Maybe raise lambda, which was %.3g to %.3g in plain units."
                .formatted(seen.smallestLambda(), seen.largestLambda());
    return "%.1f %% of the last %d lists with a loss have no gradient. %s"
        .formatted(100 * seen.silentShare(), seen.listsWithLoss(), lambda);
  }
}
