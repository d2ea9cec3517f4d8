package io.solvegrad.solver;

import org.junit.jupiter.api.Tag;

/** As the short one, fifty times as long. */
@Tag("slow")
final class SharedSolversLongTest extends SharedSolversTest {
  @Override
  int times() {
    return 50;
  }
}
