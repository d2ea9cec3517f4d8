package io.solvegrad.ranking;

import org.junit.jupiter.api.Tag;

/** As the short one, fifty times as long. */
@Tag("slow")
final class SharedStructuresLongTest extends SharedStructuresTest {
  @Override
  int times() {
    return 50;
  }
}
