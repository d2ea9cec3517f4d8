package io.solvegrad.bench.compare;

import java.io.Serial;
import java.util.Locale;

/** A training that cannot go on, because its scores are no numbers any more. */
final class Diverged extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  Diverged(Run run, long step, IllegalArgumentException cause) {
    super(
        String.format(
            Locale.ROOT,
            "Variant '%s' (%s) fails with seed %d at step %d: %s. Maybe lower its learning rate or leave it out.",
            run.variant().name(),
            run.variant().text(),
            run.seed(),
            step,
            String.valueOf(cause.getMessage()).replaceFirst("\\.$", "")),
        cause);
  }
}
