package io.solvegrad.learning.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {
  private static Stream<Problem> problems() {
    return Stream.of(new TerrainProblem(6, 3), new MatchingProblem(4, 3), new TourProblem(6, 3));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void sameNumberSameExample(Problem problem) {
    Instance first = problem.instance(5);
    Instance again = problem.instance(5);
    assertArrayEquals(first.pixels(), again.pixels());
    assertArrayEquals(first.costs(), again.costs());
    assertArrayEquals(first.solution(), again.solution());
    assertFalse(Arrays.equals(first.pixels(), problem.instance(6).pixels()));
    assertEquals(problem.pixels().size(), first.pixels().length);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void pixelsAreColours(Problem problem) {
    for (int i = 0; i < 20; i++) {
      for (float pixel : problem.instance(i).pixels()) {
        assertTrue(pixel >= 0 && pixel <= 1, "pixel " + pixel);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("problems")
  void knowsOptimalFromPossibleFromImpossible(Problem problem) {
    Instance instance = problem.instance(1);
    assertTrue(instance.isOptimal(instance.solution(), problem.solver()));
    double[] nothing = new double[instance.solution().length];
    assertFalse(instance.isSolution(nothing, problem.solver()));
    double[] everything = nothing.clone();
    Arrays.fill(everything, 1);
    assertFalse(instance.isOptimal(everything, problem.solver()));
    double[] halves = nothing.clone();
    Arrays.fill(halves, 0.5);
    assertFalse(instance.isSolution(halves, problem.solver()));
    // One that avoids the label and what is cheap is possible but not the best.
    double[] turned = instance.costs().clone();
    Arrays.setAll(turned, i -> 100 - turned[i] + 1000 * instance.solution()[i]);
    double[] other = new double[turned.length];
    problem.solver().solve(turned, other);
    assertTrue(instance.isSolution(other, problem.solver()));
    assertFalse(instance.isOptimal(other, problem.solver()));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void drawsPredictionsOverTheExample(Problem problem) {
    Instance instance = problem.instance(2);
    BufferedImage bare = problem.picture(2, List.of());
    BufferedImage both = problem.picture(2, List.of(instance.solution(), instance.solution()));
    assertEquals(bare.getWidth(), both.getWidth());
    assertTrue(bare.getWidth() >= 200 && bare.getWidth() <= 500);
    int changed = 0;
    for (int y = 0; y < bare.getHeight(); y++) {
      for (int x = 0; x < bare.getWidth(); x++) {
        changed += bare.getRGB(x, y) == both.getRGB(x, y) ? 0 : 1;
      }
    }
    assertTrue(changed > 300, changed + " pixels changed");
  }

  @Test
  void meanColoursOfTerrainTellNothing() {
    TerrainProblem problem = new TerrainProblem(12, 1);
    int kinds = TerrainProblem.COSTS.length;
    double[][] means = new double[kinds][3];
    int[] counts = new int[kinds];
    double deviation = 0;
    for (int i = 0; i < 60; i++) {
      Instance map = problem.instance(i);
      for (int tile = 0; tile < 144; tile++) {
        double cost = map.costs()[tile];
        int kind = Arrays.binarySearch(TerrainProblem.COSTS, cost);
        counts[kind]++;
        for (int c = 0; c < 3; c++) {
          double mean = meanColour(map, tile, c);
          means[kind][c] += mean;
          deviation += (mean - 0.5) * (mean - 0.5);
        }
      }
    }
    double spread = Math.sqrt(deviation / (60 * 144 * 3));
    for (int c = 0; c < 3; c++) {
      int colour = c;
      double[] ofKinds =
          IntStream.range(0, kinds).mapToDouble(k -> means[k][colour] / counts[k]).toArray();
      double range =
          Arrays.stream(ofKinds).max().orElseThrow() - Arrays.stream(ofKinds).min().orElseThrow();
      assertTrue(range < 0.25 * spread, "colour " + c + ": " + Arrays.toString(ofKinds));
    }
    assertTrue(Arrays.stream(counts).min().orElseThrow() > 800, Arrays.toString(counts));
  }

  private static double meanColour(Instance map, int tile, int colour) {
    int side = 12 * TerrainProblem.TILE;
    double sum = 0;
    for (int p = 0; p < TerrainProblem.TILE * TerrainProblem.TILE; p++) {
      int y = tile / 12 * TerrainProblem.TILE + p / TerrainProblem.TILE;
      int x = tile % 12 * TerrainProblem.TILE + p % TerrainProblem.TILE;
      sum += map.pixels()[colour * side * side + y * side + x];
    }
    return sum / (TerrainProblem.TILE * TerrainProblem.TILE);
  }

  @Test
  void regionsOfTerrainAreSmooth() {
    int same = 0;
    for (int i = 0; i < 50; i++) {
      double[] costs = new TerrainProblem(12, 1).instance(i).costs();
      for (int tile = 0; tile < 144; tile++) {
        same += tile % 12 < 11 && costs[tile] == costs[tile + 1] ? 1 : 0;
      }
    }
    // One in five by chance.
    double share = same / (50.0 * 132);
    assertTrue(share > 0.4 && share < 0.9, "share of equal neighbours " + share);
  }

  @Test
  void matchingReadsTwoDigitNumbersRightwardsAndDownwards() {
    Instance instance = new MatchingProblem(2, 1).instance(0);
    double[] c = instance.costs();
    // Edges: top, bottom, left, right. The tens of the bottom are the ones of the left.
    assertEquals(4, c.length);
    assertEquals((int) c[0] / 10, (int) c[2] / 10);
    assertEquals(c[0] % 10, (int) c[3] / 10);
    assertEquals(c[2] % 10, (int) c[1] / 10);
    assertEquals(c[1] % 10, c[3] % 10);
  }

  @Test
  void toursAskForTheSameSymbolsAtTheSamePlaces() {
    double[] costs = new TourProblem(6, 1).instance(3).costs();
    for (int i = 0; i < 6; i++) {
      assertEquals(0, costs[i * 6 + i]);
      for (int j = 0; j < 6; j++) {
        assertEquals(costs[i * 6 + j], costs[j * 6 + i]);
        assertTrue(costs[i * 6 + j] <= 2);
      }
    }
  }
}
