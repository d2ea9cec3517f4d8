package io.solvegrad.rambo;

import org.junit.jupiter.api.Tag;

/** As the short one, fifty times as long. */
@Tag("slow")
final class SharedMemoryFileLongTest extends SharedMemoryFileTest {
  @Override
  int times() {
    return 50;
  }
}
