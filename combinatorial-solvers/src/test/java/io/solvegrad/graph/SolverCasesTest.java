package io.solvegrad.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.assignment.LinearAssignment;
import io.solvegrad.matching.PerfectMatching;
import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.NonNegativeClamp;
import io.solvegrad.solver.WeightDomain;
import io.solvegrad.spanningtree.MinimumSpanningTree;
import io.solvegrad.tour.TravellingSalesman;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every solver case of the two files: enumerated optima and the answers of published libraries. An
 * unknown problem or field is a failure. Where the perturbed optimum is not unique, its cost alone
 * is compared.
 */
final class SolverCasesTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String CASES = "solver-cases.json";
  private static final String RUNS = "peer-runs.json";
  private static final Path SHARED = Path.of("..", "..", "shared", "cases");

  /** The file of cases states none; its numbers are sums of a few decimals in double precision. */
  private static final double EXACT = 1e-9;

  /** Skipped, because they hold no solver cases: ranking losses and metrics, run by other tests. */
  private static final Set<String> OTHER_GROUPS =
      Set.of(
          "rax-loss",
          "rax-metric",
          "rax-t12n",
          "sklearn",
          "metric-learning-loss",
          "retrieval-eval");

  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "problem",
          "group",
          "op",
          "params",
          "source",
          "tolerance",
          "inputs",
          "expected",
          "note",
          "perturbed_unique");
  private static final Set<String> INPUTS =
      Set.of(
          "weights",
          "grad_output",
          "lambda_val",
          "lambda",
          "clamp_at_zero",
          "edges",
          "num_vertices",
          "neighbourhood");
  private static final Set<String> PARAMS = Set.of("maximise", "neighbours");
  private static final Set<String> EXPECTED =
      Set.of(
          "solution",
          "cost",
          "perturbed_weights",
          "perturbed_solution",
          "perturbed_cost",
          "grad",
          "optimality_gap",
          "perturbed_optimality_gap",
          "f_lambda",
          "f",
          "clamp_active",
          "clamp_changes_solution");

  private static JsonNode read(String resource) {
    try (InputStream in = SolverCasesTest.class.getResourceAsStream(resource)) {
      return MAPPER.readTree(Objects.requireNonNull(in, resource));
    } catch (IOException e) {
      throw new AssertionError("cannot read " + resource, e);
    }
  }

  /** The shared file where there is one, else the copy of its solver cases that the tests carry. */
  private static List<JsonNode> casesOf(String name) throws IOException {
    Path shared = SHARED.resolve(name);
    JsonNode file = Files.exists(shared) ? MAPPER.readTree(shared.toFile()) : read(name);
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode node : file.get("cases")) {
      String group = node.path("group").asText("solver");
      if (!OTHER_GROUPS.contains(group)) {
        cases.add(node);
      }
    }
    return cases;
  }

  @Test
  void copies_holdTheSharedCasesUnchanged() throws IOException {
    for (String name : List.of(CASES, RUNS)) {
      assumeTrue(Files.exists(SHARED.resolve(name)), "nothing to compare the copy with");
      List<JsonNode> shared = casesOf(name);
      for (JsonNode here : read(name).get("cases")) {
        assertTrue(shared.contains(here), () -> "differs: " + here.get("id"));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : List.of(CASES, RUNS)) {
      for (JsonNode node : casesOf(name)) {
        tests.add(dynamicTest(node.get("id").asText(), () -> check(node)));
      }
    }
    assertTrue(tests.size() >= 17, "some cases are gone: " + tests.size() + " are left");
    return tests.stream();
  }

  private static void requireKnown(Set<String> known, JsonNode node) {
    node.fieldNames().forEachRemaining(f -> assertTrue(known.contains(f), "unknown field " + f));
  }

  private static BlackboxSolver solver(JsonNode node) {
    JsonNode inputs = node.get("inputs");
    int rows = inputs.get("weights").size();
    int columns = inputs.get("weights").get(0).size();
    String name = node.has("problem") ? node.get("problem").asText() : node.get("op").asText();
    String problem = name.toLowerCase(Locale.ROOT).replace('_', ' ');
    if (problem.matches("(grid )?shortest path.*")) {
      return new GridShortestPath(rows, columns, neighbourhood(problem, node));
    }
    if (problem.contains("perfect matching") && !problem.startsWith("max")) {
      return new PerfectMatching(edges(inputs));
    }
    if (problem.matches("minimum spanning tree.*")) {
      return new MinimumSpanningTree(edges(inputs));
    }
    if (problem.matches("(symmetric )?(tsp|travelling salesman).*")) {
      return new TravellingSalesman(rows);
    }
    if (problem.matches("(linear )?(sum )?assignment.*")) {
      return new LinearAssignment(rows, columns);
    }
    if (problem.matches("ranking of \\d+ scores.*")) {
      return new NormalisedRanks(rows);
    }
    throw new AssertionError("unknown problem " + problem);
  }

  /** Eight unless the name, the parameters or the inputs say four; they must not differ. */
  private static Neighbourhood neighbourhood(String problem, JsonNode node) {
    Set<Integer> said = new TreeSet<>();
    if (problem.matches(".*\\d[ -]neighbou?r.*")) {
      said.add(Integer.parseInt(problem.replaceAll(".*(\\d)[ -]neighbou?r.*", "$1")));
    }
    if (node.path("params").has("neighbours")) {
      said.add(node.get("params").get("neighbours").asInt());
    }
    if (node.get("inputs").has("neighbourhood")) {
      said.add(node.get("inputs").get("neighbourhood").asInt());
    }
    return switch (said.toString()) {
      case "[4]" -> Neighbourhood.FOUR;
      case "[8]", "[]" -> Neighbourhood.EIGHT;
      default -> throw new AssertionError("unknown neighbours " + said);
    };
  }

  private static EdgeList edges(JsonNode inputs) {
    int[][] pairs = MAPPER.convertValue(inputs.get("edges"), int[][].class);
    return EdgeList.of(inputs.get("num_vertices").asInt(), pairs);
  }

  private record NormalisedRanks(int size) implements BlackboxSolver {
    @Override
    public void solve(double[] costs, double[] solution) {
      new RankingSolver(size).solve(costs, solution);
      Arrays.setAll(solution, i -> solution[i] / size);
    }
  }

  private static double[] numbers(JsonNode node) {
    List<Double> all = new ArrayList<>();
    for (JsonNode row : node) {
      if (row.isArray()) {
        row.forEach(x -> all.add(x.asDouble()));
      } else {
        all.add(row.asDouble());
      }
    }
    return all.stream().mapToDouble(d -> d).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] times(double factor, double[] a) {
    return Arrays.stream(a).map(x -> factor * x).toArray();
  }

  private static void check(JsonNode node) {
    requireKnown(FIELDS, node);
    JsonNode inputs = node.get("inputs");
    JsonNode expected = node.get("expected");
    requireKnown(INPUTS, inputs);
    requireKnown(EXPECTED, expected);
    boolean maximise = false;
    if (node.has("params")) {
      requireKnown(PARAMS, node.get("params"));
      maximise = node.get("params").path("maximise").asBoolean();
    }
    double tolerance = node.has("tolerance") ? node.get("tolerance").asDouble() : EXACT;
    boolean unique = node.path("perturbed_unique").asBoolean(true);
    boolean clamp = inputs.path("clamp_at_zero").asBoolean();
    BlackboxSolver solver = clamp ? new NonNegativeClamp(solver(node)) : solver(node);
    // A maximising solver gets negated costs, and its gradient is negated on the way out.
    double sign = maximise ? -1 : 1;
    double[] weights = times(sign, numbers(inputs.get("weights")));
    double[] upstream = numbers(inputs.get("grad_output"));
    double lambda = inputs.get(inputs.has("lambda") ? "lambda" : "lambda_val").asDouble();
    double[] solution = new double[solver.size()];
    solver.solve(weights, solution);
    assertAllClose(numbers(expected.get("solution")), solution, tolerance);
    assertClose(expected.get("cost"), sign * dot(weights, solution), tolerance);

    double[] perturbed = new double[weights.length];
    Arrays.setAll(
        perturbed,
        i -> {
          double moved = weights[i] + lambda * upstream[i];
          return clamp ? Math.max(0, moved) : moved;
        });
    if (expected.has("perturbed_weights")) {
      assertAllClose(numbers(expected.get("perturbed_weights")), perturbed, tolerance);
    }
    double[] gradient = new double[weights.length];
    Interpolation estimator = new Interpolation(Lambda.plain(lambda));
    estimator.gradient(solver, weights, solution, upstream, gradient);
    double[] moved = new double[weights.length];
    Arrays.setAll(moved, i -> solution[i] + lambda * gradient[i]);
    assertClose(expected.get("perturbed_cost"), sign * dot(perturbed, moved), tolerance);
    if (unique) {
      assertAllClose(numbers(expected.get("perturbed_solution")), moved, tolerance);
      assertAllClose(numbers(expected.get("grad")), times(sign, gradient), tolerance);
    }
    if (expected.has("f_lambda")) {
      double value = estimator.value(solver, weights, upstream);
      assertClose(expected.get("f_lambda"), value, tolerance);
      assertClose(expected.get("f"), dot(upstream, solution), tolerance);
    }
    if (expected.has("clamp_active")) {
      double[] unclamped = times(1, weights);
      Arrays.setAll(unclamped, i -> weights[i] + lambda * upstream[i]);
      assertEquals(expected.get("clamp_active").asBoolean(), NonNegativeClamp.count(unclamped) > 0);
      // Without a unique optimum the flag speaks of one of several solutions, and a large grid
      // refuses negative weights.
      boolean accepted =
          solver(node).domain() == WeightDomain.FINITE
              || Arrays.stream(unclamped).allMatch(w -> w >= 0);
      if (unique && accepted && expected.has("clamp_changes_solution")) {
        double[] free = new double[weights.length];
        solver(node).solve(unclamped, free);
        boolean changes = dot(perturbed, free) > dot(perturbed, moved) + tolerance;
        assertEquals(expected.get("clamp_changes_solution").asBoolean(), changes);
      }
    }
  }

  private static void assertAllClose(double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], actual[i], allowed, "at index " + i);
    }
  }

  private static void assertClose(JsonNode expected, double actual, double tolerance) {
    double value = expected.asDouble();
    assertEquals(value, actual, tolerance * Math.max(1, Math.abs(value)));
  }
}
