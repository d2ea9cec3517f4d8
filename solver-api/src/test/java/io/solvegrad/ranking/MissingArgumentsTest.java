package io.solvegrad.ranking;

import io.solvegrad.process.MissingArguments;

final class MissingArgumentsTest extends MissingArguments {
  private static final ScoreArray SCORES = ScoreArray.of(1.0, 2);
  private static final int[] POSITIONS = {0};
  private static final double[] TARGETS = {1};

  @Override
  protected void calls() {
    SmoothFunction one = SmoothFunction.of(rank -> 1, rank -> 0);
    call("value", () -> SmoothFunction.of(missing(), rank -> 0));
    call("derivative", () -> SmoothFunction.of(rank -> 1, missing()));
    call("discount", () -> new PositionFunction(missing(), 3));
    call("discount", () -> new PositionFunction(missing(), 3, one));
    call("descent", () -> new PositionFunction(one, 3, missing()));
    call("scores", () -> CandidateList.of(missing(), POSITIONS, TARGETS, SCORES));
    call("positions", () -> CandidateList.of(SCORES, missing(), TARGETS, SCORES));
    call("targetScores", () -> CandidateList.of(SCORES, POSITIONS, missing(), SCORES));
    call("gradient", () -> CandidateList.of(SCORES, POSITIONS, TARGETS, missing()));
    CandidateList list = CandidateList.of(SCORES, POSITIONS, TARGETS, SCORES.zeros(2));
    call("target", () -> list.copyScores(missing()));
    call("other", () -> new Diagnostics().add(missing()));
  }
}
