package io.solvegrad.evaluation;

import io.solvegrad.process.FuzzRuns;

class FuzzRunsTest extends FuzzRuns {
  FuzzRunsTest() {
    super(GuidedFuzzTest.class);
  }
}
