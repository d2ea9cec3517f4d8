package io.solvegrad.relaxation.cases;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Published numbers and runs of the peers, read from the case files. */
final class PeerCasesTest {

  @TestFactory
  Stream<DynamicTest> published() {
    return tests(
        "ltr-cases.json",
        Set.of(
            "loss",
            "loss-grad",
            "loss-extreme",
            "loss-segments",
            "loss-mask",
            "lambdaweight",
            "approx",
            "util",
            "tfr",
            "neuralsort",
            "allrank",
            "softrank",
            "plackett-luce"));
  }

  @TestFactory
  Stream<DynamicTest> runsOfThePeers() {
    return tests("peer-runs.json", Set.of("rax-loss", "rax-t12n", "metric-learning-loss"));
  }

  private static Stream<DynamicTest> tests(String file, Set<String> groups) {
    List<Case> cases = Case.read(file, groups);
    assertTrue(!cases.isEmpty(), file);
    return cases.stream().map(c -> dynamicTest(c.toString(), () -> run(c)));
  }

  private static void run(Case c) {
    switch (c.group()) {
      case "softrank" -> SoftRankCases.run(c);
      case "neuralsort" -> SoftRankCases.neuralSort(c);
      case "plackett-luce" -> OtherLossCases.plackettLuce(c);
      case "allrank" -> OtherLossCases.allRank(c);
      case "util" -> UtilityCases.run(c);
      case "metric-learning-loss" -> EmbeddingCases.run(c);
      case "tfr" -> {
        if (OtherLossCases.knows(c)) {
          OtherLossCases.tensorFlow(c);
        } else {
          ApproximationCases.tensorFlow(c);
        }
      }
      case "approx", "rax-t12n" -> ApproximationCases.run(c);
      default -> LossCases.run(c);
    }
  }
}
