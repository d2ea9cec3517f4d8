package io.solvegrad.rambo;

import io.solvegrad.process.FuzzRuns;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** In one mode: the readers are the same in all. */
@EnabledIfSystemProperty(named = "solvegrad.testMode", matches = "scalar")
class FuzzRunsTest extends FuzzRuns {
  FuzzRunsTest() {
    super(GuidedFuzzTest.class);
  }
}
