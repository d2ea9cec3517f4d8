package io.solvegrad.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One comparison to make: a benchmark class, what it is run on, and against whom.
 *
 * @param name as it stands in the results
 * @param benchmark the JMH class
 * @param config what it is run on
 * @param peers methods of the class to compare "ours" with
 * @param quick whether it is part of a quick run
 */
record Question(String name, Class<?> benchmark, Config config, List<String> peers, boolean quick) {

  private static Question of(
      String kind, Class<?> benchmark, Config config, boolean quick, String... peers) {
    String name =
        "%s n=%d p=%d rows=%d threads=%d %s"
            .formatted(
                kind, config.n(), config.p(), config.rows(), config.threads(), config.moves());
    return new Question(name, benchmark, config, List.of(peers), quick);
  }

  private static Question gradient(int n, int p, String moves, boolean quick) {
    Config config = new Config(n, p, (1 << 20) / n, 1, moves);
    return of("gradient", GradientBenchmark.class, config, quick, "floor", "libtorch");
  }

  private static Question ranks(int n, boolean quick) {
    Config config = new Config(n, 0, (1 << 20) / n, 1, "-");
    return of(
        "ranks",
        RanksBenchmark.class,
        config,
        quick,
        "libtorch",
        "libtorchArgsort",
        "packed",
        "fastutil",
        "boxed");
  }

  private static Question step(
      String kind, int n, int p, int rows, int threads, String metric, String... peers) {
    Config config = new Config(n, p, rows, threads, metric);
    return of(kind, StepBenchmark.class, config, n < 100_000, peers);
  }

  private static Question relaxation(
      String loss, int n, int p, int rows, boolean quick, String... peers) {
    Config config = new Config(n, p, rows, 1, loss);
    return of("relaxation", RelaxationBenchmark.class, config, quick, peers);
  }

  private static Question retrieval(int threads) {
    Config config = new Config(20_000, 10, 20_000, threads, "-");
    return of("retrieval", RetrievalBenchmark.class, config, false, "libtorch");
  }

  /** The flags of the JVM: the peer has as many threads as we, retrieval a heap of 1 GiB. */
  List<String> jvmArguments() {
    List<String> flags = new ArrayList<>();
    flags.add("-Dai.djl.pytorch.num_threads=" + config.threads());
    flags.add("-Dai.djl.pytorch.num_interop_threads=1");
    if (benchmark == RetrievalBenchmark.class) {
      flags.add("-Xmx1g");
    }
    return flags;
  }

  /** All of them. */
  static List<Question> all() {
    return List.of(
        gradient(4096, 1, "up", false),
        gradient(4096, 1, "mixed", false),
        gradient(4096, 4, "up", true),
        gradient(4096, 4, "mixed", true),
        gradient(4096, 16, "mixed", false),
        gradient(4096, 64, "mixed", false),
        gradient(65536, 4, "up", false),
        gradient(65536, 64, "mixed", false),
        step("step", 4096, 4, 256, 1, "recall", "floor", "libtorch"),
        step("ap", 1_000_000, 10_000, 1, 1, "ap", "libtorch"),
        step("ap", 10_000_000, 100_000, 1, 1, "ap", "libtorch"),
        of(
            "step-perturbed",
            PerturbedBenchmark.class,
            new Config(4096, 4, 256, 1, "recall"),
            true,
            "floor",
            "rankings",
            "sorts"),
        of(
            "step-memory",
            MemoryBenchmark.class,
            new Config(64, 0, 1_000_000, 1, "-"),
            false,
            "floor"),
        of(
            "memory-djl",
            MemoryStepBenchmark.class,
            new Config(64, 16, 1_000_000, 1, "recall"),
            false,
            "products"),
            "detection",
            DetectionBenchmark.class,
            new Config(10_000, 24, 8, 2, "-"),
            false,
            "floor"),
        ranks(64, false),
        ranks(256, true),
        ranks(4096, true),
        ranks(65536, false),
        of(
            "ranks",
            RanksBenchmark.class,
            new Config(1_000_000, 0, 1, 2, "-"),
            false,
            "oneThread",
            "packed"),
        of(
            "ranks",
            RanksBenchmark.class,
            new Config(10_000_000, 0, 1, 2, "-"),
            false,
            "oneThread",
            "packed"),
        relaxation("ApproxNDCG", 256, 204, 256, true, "libtorch", "lapSum"),
        relaxation("ApproxNDCG", 1024, 819, 64, false, "libtorch", "lapSum"),
        relaxation("ApproxNDCG", 4096, 3276, 16, false, "libtorch", "lapSum"),
        relaxation("SmoothAP", 256, 3, 256, true, "libtorch", "libtorchGathered"),
        relaxation("softmax", 1024, 16, 64, true, "libtorch"),
        relaxation("SoftRank", 1000, 100, 1, true, "libtorch"),
        step("threads", 4096, 4, 256, 2, "recall", "oneThread"),
        step("threads", 1_000_000, 4, 1, 2, "recall", "oneThread"),
        step("threads", 1_000_000, 10_000, 1, 2, "ap", "oneThread"),
        retrieval(1),
        retrieval(2));
  }
}
