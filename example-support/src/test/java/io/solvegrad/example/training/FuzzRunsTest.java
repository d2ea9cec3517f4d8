package io.solvegrad.example.training;

import io.solvegrad.process.FuzzRuns;

class FuzzRunsTest extends FuzzRuns {
  FuzzRunsTest() {
    super(GuidedFuzzTest.class);
  }
}
