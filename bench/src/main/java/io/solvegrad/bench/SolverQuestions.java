package io.solvegrad.bench;

import java.util.List;

/** The questions about combinatorial solvers; their names begin with "solver-". */
final class SolverQuestions {
  private SolverQuestions() {}

  private static Question of(
      String kind, Class<?> benchmark, Config config, boolean quick, String... peers) {
    String name = "solver-%s n=%d threads=%d".formatted(kind, config.n(), config.threads());
    return new Question(name, benchmark, config, List.of(peers), quick);
  }

  private static Question path(int n, boolean quick) {
    Config config = new Config(n, 0, PathBenchmark.INSTANCES, 1, "-");
    return of("path", PathBenchmark.class, config, quick, "jgrapht");
  }

  private static Question tour(int n, int instances, String which, String... peers) {
    Config config = new Config(n, 0, instances, 1, which);
    return of("tour-" + which, TourBenchmark.class, config, true, peers);
  }

  static List<Question> all() {
    return List.of(
        path(12, false),
        path(18, false),
        path(24, false),
        path(30, true),
        of("batch", BatchBenchmark.class, new Config(30, 0, 64, 2, "-"), true, "oneThread"),
        of(
            "assignment",
            AssignmentBenchmark.class,
            new Config(64, 0, 1, 1, "-"),
            false,
            "jgrapht",
            "ortools"),
        of(
            "assignment",
            AssignmentBenchmark.class,
            new Config(256, 0, 1, 1, "-"),
            true,
            "jgrapht",
            "ortools"),
        tour(20, 100, "mean", "heuristic"),
        tour(20, 1, "worst", "heuristic"),
        tour(40, 100, "mean", "heuristic"),
        tour(40, 1, "worst", "heuristic"));
  }
}
