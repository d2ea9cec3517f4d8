package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.process.Together;
import io.solvegrad.ranking.RankingSolver;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What several threads share, under stress; {@link SharedSolversLongTest} for longer. */
class SharedSolversTest {
  private static final int THREADS = 4;
  private static final long COMPILED = 60_000_000;
  private static final RankingSolver RANKS = new RankingSolver(5);
  private static final Interpolation INTERPOLATION = new Interpolation(Lambda.plain(3));

  /** Whoever compares two of them lets others go first, so that look-ups overlap. */
  private record Yielding(BlackboxSolver solver) implements BlackboxSolver {
    @Override
    public int size() {
      return solver.size();
    }

    @Override
    public void solve(double[] costs, double[] solution) {
      solver.solve(costs, solution);
    }

    @Override
    public boolean equals(Object other) {
      Thread.yield();
      return other instanceof Yielding(BlackboxSolver same) && solver.equals(same);
    }

    @Override
    public int hashCode() {
      return solver.hashCode();
    }
  }

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
    SolverLayer shared = SolverLayer.of(new Yielding(RANKS), INTERPOLATION).threads(2).cache(24);
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

  /** A thread that waits for a step sees it, however long it has been waiting. */
  @Test
  void varyingLambda_canBeWatched() throws Exception {
    VaryingLambda[] lambda = new VaryingLambda[1];
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Set<Long> waiting = ConcurrentHashMap.newKeySet();
    together(1)
        .run(
            round -> {
              waiting.clear();
              lambda[0] = Lambda.varying(Lambda.plain(1), (factor, step, moved) -> 2 * factor);
            },
            (thread, round) -> {
              VaryingLambda watched = lambda[0];
              if (thread > 0) {
                waiting.add(Thread.currentThread().threadId());
                waitForStep(watched);
                assertEquals(1, watched.steps());
                assertEquals(2, watched.factor());
                return;
              }
              // Until the loop of the others is compiled, which then might no longer look.
              while (waiting.size() < THREADS - 1
                  || waiting.stream().anyMatch(id -> threads.getThreadCpuTime(id) < COMPILED)) {
                Thread.sleep(2);
              }
              watched.step(0.5);
            });
  }

  /** For ever if the step is not seen. */
  private static void waitForStep(VaryingLambda watched) {
    long looks = 0;
    while (watched.steps() == 0) {
      looks++;
    }
    assertTrue(looks >= 0);
  }
}
