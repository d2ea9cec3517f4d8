package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.process.Together;
import io.solvegrad.ranking.RankingSolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several threads share, under stress; {@link SharedSolversLongTest} for longer. */
class SharedSolversTest {
  private static final int THREADS = 4;
  private static final RankingSolver RANKS = new RankingSolver(5);
  private static final Interpolation INTERPOLATION = new Interpolation(Lambda.plain(3));

  /** Multiplies the rounds. */
  int times() {
    return 1;
  }

  private Together together(int rounds) {
    return new Together(THREADS, rounds * times());
  }

  private static double[][] rows(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> random.doubles(5, -2, 2).toArray())
        .limit(count)
        .toArray(double[][]::new);
  }

  /** Batches that come again and push each other out of a small cache. */
  @Test
  void layerWithCache_givesEachThreadItsOwnAnswers() throws Exception {
    SolverLayer shared = SolverLayer.of(RANKS, INTERPOLATION).threads(2).cache(24);
    SolverLayer alone = SolverLayer.of(RANKS, INTERPOLATION).threads(1);
    int batches = 6;
    double[][][] solutions = new double[batches][][];
    double[][][] gradients = new double[batches][][];
    for (int b = 0; b < batches; b++) {
      LayerPass pass = alone.forward(rows(b, 8));
      solutions[b] = pass.solutions();
      gradients[b] = pass.backward(rows(b + 100, 8));
    }
    AtomicInteger hits = new AtomicInteger();
    together(300)
        .run((thread, round) -> {
          int b = (thread + round) % batches;
          LayerPass pass = shared.forward(rows(b, 8));
          assertArrayEquals(solutions[b], pass.solutions());
          assertArrayEquals(gradients[b], pass.backward(rows(b + 100, 8)));
          assertTrue(pass.failures().isEmpty());
          hits.addAndGet((int) pass.diagnostics().cacheHits());
        });
    assertTrue(hits.get() > 0, "the cache is of use");
  }

  /** Ten instances fail in each of forty passes at once; the first hundred are kept. */
  @Test
  void failuresOfAllThreads_areSavedUpToAHundred(@TempDir Path folder) throws Exception {
    BlackboxSolver broken =
        new BlackboxSolver() {
          @Override
          public int size() {
            return 5;
          }

          @Override
          public void solve(double[] costs, double[] solution) {
            throw new SolverException(SolverException.Reason.INFEASIBLE, "no way out");
          }
        };
    SolverLayer[] layer = new SolverLayer[1];
    together(2)
        .run(
            round -> {
              Path own = folder.resolve("round-" + round);
              layer[0] = SolverLayer.of(broken, INTERPOLATION).saveFailures(own);
            },
            (thread, round) -> {
              for (int i = 0; i < 10; i++) {
                assertEquals(10, layer[0].forward(rows(i, 10)).failures().size());
              }
            });
    for (int round = 0; round < 2 * times(); round++) {
      try (Stream<Path> files = Files.list(folder.resolve("round-" + round))) {
        assertEquals(100, files.count());
      }
    }
  }

  /** A thread that waits for a step sees it, and no strength that never was. */
  @Test
  void varyingLambda_canBeWatched() throws Exception {
    int steps = 200;
    VaryingLambda[] lambda = new VaryingLambda[1];
    together(40)
        .run(
            round ->
                lambda[0] =
                    Lambda.varying(Lambda.plain(1), (factor, step, moved) -> factor * 2 % 1023),
            (thread, round) -> {
              VaryingLambda watched = lambda[0];
              if (thread == 0) {
                for (int step = 0; step < steps; step++) {
                  watched.step(0.5);
                }
                return;
              }
              long end = System.nanoTime() + 60_000_000_000L;
              long looks = 0;
              while (watched.steps() < steps) {
                double strength = watched.plainValue(9);
                assertEquals(1, Long.bitCount((long) strength), "a power of two");
                assertTrue((++looks & 0xFFFF) != 0 || System.nanoTime() < end, "steps are seen");
              }
              assertEquals(steps, watched.steps());
            });
  }
}
