package io.solvegrad.rambo.kernel;

import org.junit.jupiter.api.Tag;

/** As the short one, thirty times as long. */
@Tag("slow")
final class SharedKernelsLongTest extends SharedKernelsTest {
  @Override
  int times() {
    return 30;
  }
}
