package io.solvegrad.learning.landscape;

import io.solvegrad.example.RandomStream;
import io.solvegrad.graph.EdgeList;
import io.solvegrad.matching.PerfectMatching;
import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.tour.TravellingSalesman;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The problems of which slices are drawn. Directions and shift are uniform random numbers times a
 * factor, so the plane does not follow a gradient; the upstream is that of Hamming's loss for a
 * random solution, or random for rankings. Factors, ranges and lambdas are those of the published
 * pictures.
 */
enum SliceProblem {
  /** Seven items. */
  RANKING(List.of(1.0, 2.0, 4.0, 8.0, 16.0), 0, 1, "seven items ranked by their scores") {
    @Override
    Slice slice(SplittableRandom random, double largestLambda) {
      BlackboxSolver solver = new RankingSolver(7);
      double[] upstream = random.doubles(7).map(u -> u + 1).toArray();
      return of(
          solver, upstream, uniform(random, 7, 30), uniform(random, 7, 30), uniform(random, 7, 20));
    }
  },
  /** Six by six tiles with eight neighbours. */
  SHORTEST_PATH(List.of(0.5, 1.0, 2.0, 4.0), 0, 1, "the cheapest path over 6 x 6 tiles") {
    @Override
    Slice slice(SplittableRandom random, double largestLambda) {
      BlackboxSolver solver = new GridShortestPath(6, 6, Neighbourhood.EIGHT);
      double[] upstream = towards(solution(solver, random));
      // Paths need costs that stay positive however far lambda moves them.
      double least = Math.max(2, largestLambda * Arrays.stream(upstream).max().orElseThrow());
      double[] shift = uniform(random, 36, 1);
      Arrays.setAll(shift, i -> shift[i] + least);
      return of(solver, upstream, uniform(random, 36, 10), uniform(random, 36, 10), shift);
    }
  },
  /** Everybody of six with everybody else. */
  MATCHING(List.of(2.0, 5.0, 10.0, 20.0, 40.0), -1, 1, "six vertices in three pairs") {
    @Override
    Slice slice(SplittableRandom random, double largestLambda) {
      int[][] pairs = new int[15][];
      int edge = 0;
      for (int i = 0; i < 6; i++) {
        for (int j = i + 1; j < 6; j++) {
          pairs[edge++] = new int[] {i, j};
        }
      }
      BlackboxSolver solver = new PerfectMatching(EdgeList.of(6, pairs));
      double[] upstream = towards(solution(solver, random));
      return of(
          solver,
          upstream,
          uniform(random, 15, 10),
          uniform(random, 15, 10),
          uniform(random, 15, 20));
    }
  },
  /** Five cities. */
  TOUR(List.of(1.0, 2.0, 4.0, 8.0, 16.0), -1, 1, "a round trip through five cities") {
    @Override
    Slice slice(SplittableRandom random, double largestLambda) {
      BlackboxSolver solver = new TravellingSalesman(5);
      double[] upstream = towards(solution(solver, random));
      return of(
          solver, upstream, distances(random, 10), distances(random, 10), distances(random, 20));
    }
  };

  private static final int PLANES = 100;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Double> lambdas;

  private final double low;
  private final double high;
  private final String subject;

  SliceProblem(List<Double> lambdas, double low, double high, String subject) {
    this.lambdas = lambdas;
    this.low = low;
    this.high = high;
    this.subject = subject;
  }

  abstract Slice slice(SplittableRandom random, double largestLambda);

  /**
   * Of some random planes the one with the longest cliffs, because most planes cross two or three
   * solutions and show little. Depends on the seed alone, as long as no lambda is large.
   */
  Slice slice(long seed, double largestLambda) {
    SplittableRandom random = RandomStream.at(seed, name().length());
    return Stream.generate(() -> slice(random.split(), largestLambda))
        .limit(PLANES)
        .max(Comparator.comparingInt(Slice::cliffs))
        .orElseThrow();
  }

  /** The lambdas that are drawn unless others are asked for. */
  List<Double> lambdas() {
    return lambdas;
  }

  /** What is solved, in a few words. */
  String subject() {
    return subject;
  }

  Slice of(
      BlackboxSolver solver, double[] upstream, double[] first, double[] second, double[] shift) {
    return new Slice(solver, upstream, first, second, shift, low, high);
  }

  static double[] uniform(SplittableRandom random, int size, double factor) {
    return random.doubles(size).map(u -> factor * u).toArray();
  }

  private static double[] distances(SplittableRandom random, double factor) {
    double[] matrix = new double[25];
    for (int i = 0; i < 5; i++) {
      for (int j = i + 1; j < 5; j++) {
        matrix[i * 5 + j] = factor * random.nextDouble();
        matrix[j * 5 + i] = matrix[i * 5 + j];
      }
    }
    return matrix;
  }

  private static double[] solution(BlackboxSolver solver, SplittableRandom random) {
    double[] solution = new double[solver.size()];
    solver.solve(random.doubles(solver.size()).toArray(), solution);
    return solution;
  }

  /** A quarter of the slope of Hamming's loss, up to its sign: -(t - 1/2) / 4. */
  private static double[] towards(double[] target) {
    return Arrays.stream(target).map(t -> -0.25 * (t - 0.5)).toArray();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
