package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.solver.SolverException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SolverLayerTest {
  private static final GradientEstimator INTERPOLATION = new Interpolation(Lambda.plain(3));
  private static final RankingSolver RANKS = new RankingSolver(5);

  /** Ranks; costs of at least 100 anywhere break it in a way that the cost chooses. */
  private record Fragile(BlackboxSolver solver) implements BlackboxSolver {
    @Override
    public int size() {
      return solver.size();
    }

    @Override
    public void solve(double[] costs, double[] solution) {
      for (double cost : costs) {
        switch ((int) cost / 100) {
          case 0 -> {}
          case 1 -> throw new SolverException(Reason.INFEASIBLE, "no way out");
          case 2 -> throw new IllegalStateException();
          case 3 -> solution[solution.length] = 1;
          default -> solution[0] = Double.NaN;
        }
      }
      if (!Double.isNaN(solution[0])) {
        solver.solve(costs, solution);
      }
    }
  }

  private static double[][] rows(long seed, int count, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> random.doubles(size, -2, 2).toArray())
        .limit(count)
        .toArray(double[][]::new);
  }

  @Test
  void answersDoNotDependOnThreads() {
    ImplicitMle noise = new ImplicitMle(Lambda.plain(2), 0.5, 1, 3, 5);
    for (GradientEstimator estimator :
        List.of(
            INTERPOLATION,
            new Perturbed(Perturbed.Noise.ADDITIVE, 0.5, 4, 1),
            noise,
            new AdaptiveImplicitMle(noise, true, 1, 0.1, 2, 1))) {
      List<SolverLayer> layers =
          List.of(
              SolverLayer.of(RANKS, estimator).threads(1),
              SolverLayer.of(RANKS, estimator).threads(4));
      for (int step = 0; step < 3; step++) {
        double[][] costs = rows(step, 33, 5);
        double[][] upstreams = rows(step + 10, 33, 5);
        LayerPass one = layers.get(0).forward(costs);
        LayerPass four = layers.get(1).forward(costs);
        assertArrayEquals(one.solutions(), four.solutions());
        assertArrayEquals(one.backward(upstreams), four.backward(upstreams));
        assertEquals(one.diagnostics(), four.diagnostics());
        assertEquals(layers.get(0).estimator(), layers.get(1).estimator());
      }
    }
  }

  @Test
  void zeroUpstreamRows_costNoSolve() {
    CountingSolver counting = new CountingSolver(RANKS);
    LayerPass pass = SolverLayer.of(counting, INTERPOLATION).forward(rows(1, 6, 5));
    assertEquals(6, counting.calls().get());
    double[][] upstreams = rows(2, 6, 5);
    upstreams[1] = new double[5];
    upstreams[4] = new double[] {0, -0.0, 0, 0, 0};
    double[][] gradients = pass.backward(upstreams);
    assertEquals(10, counting.calls().get());
    assertArrayEquals(new double[5], gradients[4]);
    assertEquals(2, pass.diagnostics().skippedRows());
    assertEquals(10, pass.diagnostics().solves());
  }

  @Test
  void cache_answersTheSameCostsOnce() {
    CountingSolver counting = new CountingSolver(RANKS);
    SolverLayer layer = SolverLayer.of(counting, INTERPOLATION).cache(100);
    double[][] costs = rows(1, 8, 5);
    double[][] upstreams = rows(2, 8, 5);
    double[][] first = layer.forward(costs).backward(upstreams);
    assertEquals(16, counting.calls().get());
    LayerPass again = layer.forward(costs);
    assertArrayEquals(first, again.backward(upstreams));
    assertEquals(16, counting.calls().get());
    assertEquals(16, again.diagnostics().cacheHits());
    SolverLayer small = SolverLayer.of(counting, INTERPOLATION).cache(4);
    small.forward(costs);
    small.forward(costs);
    assertEquals(32, counting.calls().get(), "a cache of four forgets eight");
  }

  @Test
  void unprovenSolutions_areCountedAndNotCached() {
    AtomicInteger calls = new AtomicInteger();
    BlackboxSolver hasty =
        new BlackboxSolver() {
          @Override
          public int size() {
            return 5;
          }

          @Override
          public void solve(double[] costs, double[] solution) {
            RANKS.solve(costs, solution);
          }

          @Override
          public Optimality solve(double[] costs, double[] solution, SolveLimits limits) {
            solve(costs, solution);
            calls.incrementAndGet();
            return costs[0] > 0 ? Optimality.UNPROVEN : Optimality.PROVEN;
          }
        };
    double[][] costs = {{1, 2, 3, 4, 5}, {-1, 2, 3, 4, 5}};
    SolverLayer layer = SolverLayer.of(hasty, INTERPOLATION).cache(9);
    layer.forward(costs);
    LayerPass pass = layer.forward(costs);
    assertEquals(3, calls.get());
    assertFalse(pass.proven(0));
    assertTrue(pass.proven(1));
    assertEquals(1, pass.diagnostics().unproven());
    assertTrue(pass.failures().isEmpty());
  }

  @Test
  void failures_areNamedAndTheRestIsDelivered() {
    double[][] costs = rows(3, 8, 5);
    double[][] good = costs.clone();
    costs[1] = new double[] {1, 2, 150, 4, 5};
    costs[2] = new double[] {1, 250, 3, 4, 5};
    costs[3] = new double[] {1, 350, 3, 4, 5};
    costs[4] = new double[] {1, 450, 3, 4, 5};
    costs[5] = new double[] {1, 2, Double.NEGATIVE_INFINITY, 4, 5};
    costs[6] = new double[4];
    LayerPass pass = SolverLayer.of(new Fragile(RANKS), INTERPOLATION).threads(3).forward(costs);
    List<InstanceFailure> failures = pass.failures();
    assertEquals(
        List.of(
            Reason.INFEASIBLE,
            Reason.SOLVER_ERROR,
            Reason.SOLVER_ERROR,
            Reason.SOLVER_ERROR,
            Reason.BAD_INPUT,
            Reason.BAD_INPUT),
        failures.stream().map(InstanceFailure::reason).toList());
    assertEquals("instance 1: no way out", failures.get(0).message());
    assertEquals("instance 2: java.lang.IllegalStateException", failures.get(1).message());
    assertEquals("instance 4: the solver wrote NaN at index 0", failures.get(3).message());
    assertEquals("instance 5: costs[2] is -Infinity but must be finite", failures.get(4).message());
    assertEquals(
        "instance 6: costs has length 4 and solution 5, but the solver has size 5",
        failures.get(5).message());
    for (InstanceFailure failure : failures) {
      assertArrayEquals(new double[5], pass.solutions()[failure.instance()]);
      assertFalse(pass.proven(failure.instance()));
    }
    double[][] upstreams = rows(4, 8, 5);
    double[][] gradients = pass.backward(upstreams);
    LayerPass alone =
        SolverLayer.of(RANKS, INTERPOLATION).forward(new double[][] {good[0], good[7]});
    double[][] expected = alone.backward(new double[][] {upstreams[0], upstreams[7]});
    assertArrayEquals(expected[0], gradients[0]);
    assertArrayEquals(expected[1], gradients[7]);
    assertArrayEquals(new double[5], gradients[3]);
    assertEquals(6, pass.diagnostics().failures());
  }

  /** In costs, targets and upstreams alike. */
  @Test
  void missingRows_failTheirInstanceAlone(@TempDir Path folder) {
    double[][] costs = {{1, 2, 3, 4, 5}, missing(), {2, 1, 3, 4, 5}, {1, 2, 3, 5, 4}};
    double[][] upstreams = {{0, 0, 0, 0, 4}, {0, 0, 0, 0, 4}, missing(), {0, 4, 0, 0, 0}};
    SolverLayer layer = SolverLayer.of(RANKS, INTERPOLATION).saveFailures(folder);
    LayerPass pass = layer.forward(costs);
    assertEquals(1, pass.diagnostics().failures());
    assertArrayEquals(new double[5], pass.solutions()[1]);
    assertArrayEquals(new double[] {4, 5, 3, 2, 1}, pass.solutions()[2]);
    double[][] gradients = pass.backward(upstreams);
    assertEquals(
        List.of("instance 1: costs must not be null", "instance 2: upstream must not be null"),
        pass.failures().stream().map(InstanceFailure::message).toList());
    assertEquals(2, pass.diagnostics().failures());
    assertArrayEquals(new double[5], gradients[2]);
    assertTrue(Vectors.norm(gradients[3]) > 0);
    assertEquals(1, layer.predict(costs).failures().size());
    double[][] targets = {costs[0], costs[0], missing(), costs[0]};
    LossPass loss = layer.evaluate(new SpoPlus(), costs, targets);
    assertEquals(
        List.of("instance 1: costs must not be null", "instance 2: target must not be null"),
        loss.failures().stream().map(InstanceFailure::message).toList());
    assertTrue(loss.values()[3] > 0);
    Stream.concat(pass.failures().stream(), loss.failures().stream())
        .forEach(failure -> assertEquals(Reason.BAD_INPUT, failure.reason()));
  }

  @SuppressWarnings("NullAway") // what a careless caller does
  private static double[] missing() {
    return null;
  }

  @Test
  void instanceThatIsNone_isNamed() {
    LayerPass pass = SolverLayer.of(RANKS, INTERPOLATION).forward(rows(1, 2, 5));
    assertTrue(pass.proven(1));
    for (int none : new int[] {7, 2, -1}) {
      assertEquals(
          "instance is " + none + ", but the batch has 2 instances",
          assertThrows(IllegalArgumentException.class, () -> pass.proven(none)).getMessage());
    }
  }

  @Test
  void badUpstreams_failTheirInstanceAlone() {
    LayerPass pass = SolverLayer.of(RANKS, INTERPOLATION).forward(rows(1, 5, 5));
    double[][] upstreams = rows(2, 5, 5);
    upstreams[0][3] = Double.NaN;
    upstreams[1][2] = Double.POSITIVE_INFINITY;
    upstreams[2] = new double[6];
    upstreams[3][0] = 1e308;
    double[][] gradients = pass.backward(upstreams);
    List<String> messages = pass.failures().stream().map(InstanceFailure::message).toList();
    assertEquals(
        List.of(
            "instance 0: upstream[3] is NaN but must be finite",
            "instance 1: upstream[2] is Infinity but must be finite",
            "instance 2: upstream has length 6, but the solver has size 5",
            "instance 3: costs[0] is Infinity but must be finite"),
        messages);
    assertArrayEquals(new double[5], gradients[1]);
    assertTrue(Vectors.norm(gradients[4]) > 0);
    assertThrows(IllegalArgumentException.class, () -> pass.backward(new double[4][5]));
  }

  @Test
  void failedInstances_canBeLoadedAndSolvedAgain(@TempDir Path folder) throws IOException {
    double[][] costs = rows(3, 3, 5);
    costs[1] = new double[] {1 / 3.0, -0.0, 1e-300, 120, 5};
    double[][] upstreams = rows(4, 3, 5);
    upstreams[2] = new double[] {0, 0, 0, 0, 40};
    SolverLayer layer =
        SolverLayer.of(new Fragile(RANKS), INTERPOLATION).saveFailures(folder.resolve("new"));
    LayerPass pass = layer.forward(costs);
    pass.backward(upstreams);
    assertEquals(2, pass.failures().size());
    for (InstanceFailure failure : pass.failures()) {
      SavedInstance saved = SavedInstance.read(failure.replay());
      assertArrayEquals(costs[failure.instance()], saved.costs());
      assertEquals(failure.message(), saved.message());
      assertTrue(saved.solver().startsWith("Fragile"), saved.solver());
      RuntimeException again =
          assertThrows(
              failure.cause().getClass(),
              () -> new Fragile(RANKS).solve(saved.weights(), new double[5]));
      assertEquals(failure.cause().getMessage(), again.getMessage());
    }
    // What failed in the backward pass were the perturbed weights.
    SavedInstance perturbed = SavedInstance.read(pass.failures().get(1).replay());
    assertArrayEquals(Vectors.plus(costs[2], 3, upstreams[2]), perturbed.weights());
  }

  @Test
  void savedInstances_keepEveryNumberAndRefuseOtherFiles(@TempDir Path folder) throws IOException {
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE, 0.1};
    Path file = folder.resolve("a/b.txt");
    new SavedInstance("two\nlines", "costs: 1", odd, new double[0]).write(file);
    SavedInstance read = SavedInstance.read(file);
    assertEquals("two lines", read.solver());
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);
    read.write(link);
    assertTrue(Files.isSymbolicLink(link), "a link is followed");
    assertEquals("costs: 1", read.message());
    assertArrayEquals(odd, read.costs());
    assertEquals(0, read.weights().length);
    for (String text :
        List.of("", "something else", "solvegrad failed instance\nsolver: x\nmessage: y")) {
      Path other = Files.writeString(folder.resolve("other.txt"), text);
      assertThrows(IllegalArgumentException.class, () -> SavedInstance.read(other));
    }
    Path letters =
        Files.writeString(
            folder.resolve("letters.txt"),
            "solvegrad failed instance\nsolver: x\nmessage: y\ncosts: 1 a\nweights: 1\n");
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> SavedInstance.read(letters));
    assertTrue(String.valueOf(failure.getMessage()).contains("letters.txt"), failure.getMessage());
    Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {0, -1, -2, 10});
    failure = assertThrows(IllegalArgumentException.class, () -> SavedInstance.read(binary));
    assertEquals(binary + " is no text in UTF-8", failure.getMessage());
  }

  @Test
  void fullOrForbiddenFolder_costsNothingButTheReplay(@TempDir Path folder) throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "a file");
    double[][] costs = {{1, 2, 3, 4, 150}, {1, 2, 3, 4, 5}};
    LayerPass pass =
        SolverLayer.of(new Fragile(RANKS), INTERPOLATION).saveFailures(taken).forward(costs);
    assertNull(pass.failures().getFirst().replay());
    assertTrue(pass.failures().getFirst().message().contains("not saved"));
    assertArrayEquals(new double[] {5, 4, 3, 2, 1}, pass.solutions()[1]);
  }

  @Test
  void replays_areAtMostAHundred(@TempDir Path folder) throws IOException {
    double[][] costs = new double[150][5];
    for (double[] row : costs) {
      row[0] = 100;
    }
    SolverLayer.of(new Fragile(RANKS), INTERPOLATION).saveFailures(folder).forward(costs);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(100, files.count());
    }
  }

  @Test
  void timeLimitTooShort_isNamed() {
    LayerPass pass =
        SolverLayer.of(RANKS, INTERPOLATION).timeLimit(Duration.ofNanos(1)).forward(rows(1, 3, 5));
    assertEquals(3, pass.failures().size());
    InstanceFailure failure = pass.failures().get(1);
    assertEquals(Reason.TIME_LIMIT, failure.reason());
    assertTrue(failure.message().startsWith("instance 1: no solution within the time limit"));
    assertTrue(failure.message().contains("Maybe"));
    assertThrows(
        IllegalArgumentException.class,
        () -> SolverLayer.of(RANKS, INTERPOLATION).timeLimit(Duration.ZERO));
  }

  @Test
  void cancelledInTheMiddle_deliversWhatIsDone(@TempDir Path folder) throws IOException {
    AtomicBoolean cancelled = new AtomicBoolean();
    SolverLayer layer =
        SolverLayer.of(RANKS, INTERPOLATION)
            .threads(1)
            .saveFailures(folder)
            .cancelledBy(cancelled::get)
            .progress((done, total) -> cancelled.set(done >= 3));
    LayerPass pass = layer.forward(rows(1, 6, 5));
    assertEquals(3, pass.failures().size());
    assertEquals(3, pass.failures().getFirst().instance());
    assertEquals(Reason.CANCELLED, pass.failures().getFirst().reason());
    assertEquals("instance 3: cancelled by the caller", pass.failures().getFirst().message());
    assertNotEquals(0, pass.solutions()[2][0]);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count(), "cancelled instances are not worth a replay");
    }
  }

  @Test
  void progress_tellsEveryInstance() {
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    SolverLayer.of(RANKS, INTERPOLATION)
        .threads(3)
        .progress((done, total) -> {
          assertEquals(20, total);
          seen.add(done);
        })
        .forward(rows(1, 20, 5));
    Collections.sort(seen);
    assertEquals(Stream.iterate(1, d -> d + 1).limit(20).toList(), seen);
  }

  @Test
  void clamps_areCounted() {
    LayerPass pass =
        SolverLayer.of(new NonNegativeClamp(RANKS), INTERPOLATION)
            .forward(new double[][] {{1, -2, 3, -4, 5}, {1, 2, 3, 4, 5}});
    assertEquals(1, pass.diagnostics().clampedSolves());
    assertEquals(2, pass.diagnostics().clampedWeights());
    pass.backward(new double[][] {{0, 0, 0, 0, 0}, {-1, 0, 0, 0, 0}});
    assertEquals(2, pass.diagnostics().clampedSolves());
    assertEquals(3, pass.diagnostics().clampedWeights());
  }

  @Test
  void adaptiveEstimator_learnsFromThePasses() {
    ImplicitMle noise = new ImplicitMle(Lambda.plain(1), 0.1, 1, 1, 5);
    SolverLayer layer =
        SolverLayer.of(RANKS, new AdaptiveImplicitMle(noise, false, 1, 0.25, 50, 0));
    layer.forward(rows(1, 4, 5)).backward(rows(2, 4, 5));
    assertEquals(1.25, ((AdaptiveImplicitMle) layer.estimator()).alpha());
    layer.forward(rows(1, 4, 5)).backward(rows(2, 4, 5));
    assertEquals(1.5, ((AdaptiveImplicitMle) layer.estimator()).alpha());
  }

  @Test
  void costLosses_failAloneAsWell() {
    double[][] costs = rows(1, 3, 5);
    double[][] truth = rows(2, 3, 5);
    truth[1][2] = Double.NaN;
    LossPass pass = SolverLayer.of(RANKS, INTERPOLATION).evaluate(new SpoPlus(), costs, truth);
    assertEquals(1, pass.failures().size());
    assertEquals(
        "instance 1: costs[2] is NaN but must be finite", pass.failures().getFirst().message());
    assertEquals(0, pass.values()[1]);
    assertArrayEquals(new double[5], pass.gradients()[1]);
    assertTrue(pass.values()[0] > 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> SolverLayer.of(RANKS, INTERPOLATION).evaluate(new SpoPlus(), costs, rows(1, 2, 5)));
  }

  @Test
  void prediction_hasNoNoiseAndNoWayBack() {
    SolverLayer layer = SolverLayer.of(RANKS, new Perturbed(Perturbed.Noise.ADDITIVE, 9, 5, 1));
    LayerPass pass = layer.predict(new double[][] {{1, 2, 3, 4, 5}});
    assertArrayEquals(new double[] {5, 4, 3, 2, 1}, pass.solutions()[0]);
    assertThrows(IllegalStateException.class, () -> pass.backward(rows(1, 1, 5)));
  }

  @Test
  void settings_areChecked() {
    SolverLayer layer = SolverLayer.of(RANKS, INTERPOLATION);
    assertThrows(IllegalArgumentException.class, () -> layer.threads(0));
    assertThrows(IllegalArgumentException.class, () -> layer.cache(0));
    assertThrows(
        IllegalArgumentException.class, () -> layer.forward(List.of(RANKS), rows(1, 2, 5)));
    assertEquals(0, layer.forward(new double[0][]).backward(new double[0][]).length);
  }

  @Test
  void costsWhoseSumsOverflow_andGradientsThatDo_failAlone() {
    var solver = new RankingSolver(2);
    LayerPass pass =
        SolverLayer.of(solver, new Interpolation(Lambda.plain(1e-320)))
            .forward(new double[][] {{1e305, 0}, {0, 0}, {3, 1}});
    double[][] gradients = pass.backward(new double[][] {{1, 2}, {-3, 3}, {-3, 3}});
    assertEquals(
        List.of(
            "instance 0: costs[0] is 1.0E305 but must be at most 1.0E300 in size, so that sums stay finite",
            "instance 1: the gradient is Infinity at index 0. Maybe the estimator's lambda or the costs are too small"),
        pass.failures().stream()
            .map(InstanceFailure::message)
            .map(m -> m.replace("-Inf", "Inf"))
            .toList());
    assertEquals("[[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]", Arrays.deepToString(gradients));
  }

  @Test
  void aResumedLayerDrawsAndAdaptsAsTheFirstWouldHave() {
    var noise = new ImplicitMle(Lambda.plain(3), 0.5, 2, 2, 7);
    var adaptive = new AdaptiveImplicitMle(noise, false, 1, 0.1, 2, 2);
    SolverLayer whole = SolverLayer.of(RANKS, adaptive);
    GradientEstimator afterTwo = adaptive;
    double[][] costs = rows(1, 4, 5);
    double[][] last = {};
    for (int step = 0; step < 3; step++) {
      LayerPass pass = whole.forward(costs);
      last = pass.backward(rows(2, 4, 5));
      afterTwo = step == 1 ? whole.estimator() : afterTwo;
    }
    SolverLayer resumed = SolverLayer.of(RANKS, adaptive).resumedAfter(2, afterTwo);
    double[][] again = resumed.forward(costs).backward(rows(2, 4, 5));
    assertArrayEquals(last, again);
    assertEquals(whole.estimator(), resumed.estimator());
    double[][] fresh = SolverLayer.of(RANKS, adaptive).forward(costs).backward(rows(2, 4, 5));
    assertFalse(Arrays.deepEquals(last, fresh));
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> SolverLayer.of(RANKS, adaptive).resumedAfter(-1, adaptive));
    assertTrue(failure.getMessage().contains("-1"), failure.getMessage());
  }

  @Test
  void diagnostics_addUpOneByOne() {
    SolverDiagnostics first = new SolverDiagnostics(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    SolverDiagnostics second = new SolverDiagnostics(100, 90, 80, 70, 60, 50, 40, 30, 20, 10);
    assertEquals(
        new SolverDiagnostics(101, 92, 83, 74, 65, 56, 47, 38, 29, 20), first.plus(second));
    assertEquals(first, first.plus(SolverDiagnostics.NONE));
  }

  /** Costs whose hashes are equal keep their own solutions. */
  @Test
  void cache_tellsCostsOfOneHashApart() {
    double nearlyOne = Double.longBitsToDouble(0x3FF000003FF00000L);
    double[] cheapFirst = {0, 0.5};
    double[] cheapSecond = {nearlyOne, 0.5};
    assertEquals(Arrays.hashCode(cheapFirst), Arrays.hashCode(cheapSecond));
    BlackboxSolver either =
        new ExhaustiveSolver(2, List.of(new double[] {1, 0}, new double[] {0, 1}));
    SolverLayer layer =
        SolverLayer.of(either, new Interpolation(Lambda.plain(1))).threads(1).cache(10);
    for (int repetition = 0; repetition < 2; repetition++) {
      assertArrayEquals(
          new double[] {1, 0}, layer.forward(new double[][] {cheapFirst}).solutions()[0]);
      assertArrayEquals(
          new double[] {0, 1}, layer.forward(new double[][] {cheapSecond}).solutions()[0]);
    }
  }
}
