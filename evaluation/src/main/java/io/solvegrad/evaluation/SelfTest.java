package io.solvegrad.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.evaluation.file.FileFormatException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes numbers that other evaluators published or printed: scikit-learn, ranx, ir_measures,
 * pytorch-metric-learning, Object-Detection-Metrics.
 *
 * <p>Case files are JSON: {@code cases}, each with id, group, op, inputs, params, expected and
 * tolerance; a number agrees if |actual - expected| &lt;= tolerance x max(1, |expected|). A case
 * with an operation, an input or a parameter that is not known here differs; cases of groups that
 * are no evaluators are skipped.
 */
public final class SelfTest {
  private static final String SHIPPED = "evaluator-cases.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SelfTest() {}

  /** Computes what a case asks for. */
  interface Operation {
    /**
     * The numbers, named as in the expected object or in the order of the expected list.
     *
     * @throws IllegalArgumentException if something in the case is not known
     */
    Map<String, Double> compute(JsonNode testCase);
  }

  /**
   * What became of one case.
   *
   * @param id the case
   * @param problem empty if it agrees, else what differs
   */
  public record Line(String id, String problem) {
    /** Checks that nothing is missing. */
    public Line {
      Objects.requireNonNull(id, "id must not be null");
      Objects.requireNonNull(problem, "problem must not be null");
    }
  }

  /**
   * What became of all cases.
   *
   * @param lines one for each case that was run
   * @param skipped for each reason the number of cases not run
   */
  public record Outcome(List<Line> lines, Map<String, Integer> skipped) {

    /** Checks that nothing is missing. */
    public Outcome {
      Objects.requireNonNull(lines, "lines must not be null");
      Objects.requireNonNull(skipped, "skipped must not be null");
    }

    /**
     * Whether every case that was run agrees and there was one.
     *
     * @return true if so
     */
    public boolean passed() {
      return !lines.isEmpty() && lines.stream().allMatch(line -> line.problem.isEmpty());
    }

    String toText() {
      StringBuilder text = new StringBuilder();
      for (Line line : lines) {
        text.append(line.problem.isEmpty() ? "ok      " : "DIFFERS ")
            .append(line.id)
            .append(line.problem.isEmpty() ? "" : ": " + line.problem)
            .append(System.lineSeparator());
      }
      long agree = lines.stream().filter(line -> line.problem.isEmpty()).count();
      text.append(agree + " of " + lines.size() + " cases agree.").append(System.lineSeparator());
      skipped.forEach((reason, count) ->
          text.append("Skipped %d: %s.".formatted(count, reason)).append(System.lineSeparator()));
      return text.toString();
    }
  }

  /**
   * Runs cases.
   *
   * @param files the case files; none for those that ship with this class
   * @return what became of them
   * @throws FileFormatException if a file is not of the form described above
   * @throws IOException if reading fails
   */
  public static Outcome run(List<Path> files) throws IOException {
    Objects.requireNonNull(files, "files must not be null");
    List<Line> lines = new ArrayList<>();
    Map<String, Integer> skipped = new TreeMap<>();
    if (files.isEmpty()) {
      try (InputStream bytes = SelfTest.class.getResourceAsStream(SHIPPED)) {
        run(Path.of(SHIPPED), JSON.readTree(bytes), lines, skipped);
      }
    }
    for (Path file : files) {
      try (InputStream bytes = Files.newInputStream(file)) {
        run(file, JSON.readTree(bytes), lines, skipped);
      } catch (JsonProcessingException | CharConversionException e) {
        throw new FileFormatException(file, "is not JSON");
      }
    }
    return new Outcome(lines, skipped);
  }

  private static void run(Path file, JsonNode root, List<Line> lines, Map<String, Integer> skipped)
      throws FileFormatException {
    if (!root.path("cases").isArray()) {
      throw new FileFormatException(file, "holds no list of cases");
    }
    for (JsonNode testCase : root.path("cases")) {
      Operation operation = operation(testCase.path("group").asText());
      if (operation == null) {
        skipped.merge(
            "group " + testCase.path("group").asText() + " is not of an evaluator",
            1,
            Integer::sum);
      } else {
        lines.add(new Line(testCase.path("id").asText(), problem(operation, testCase)));
      }
    }
  }

  private static @Nullable Operation operation(String group) {
    return switch (group) {
      case "sklearn", "ranx", "ir_measures" -> RankingCases::compute;
      case "retrieval-eval" -> RetrievalCases::compute;
      case "detection" -> DetectionCases::compute;
      default -> null;
    };
  }

  private static String problem(Operation operation, JsonNode testCase) {
    if (!testCase.path("tolerance").isNumber()) {
      return "has no tolerance";
    }
    double tolerance = testCase.path("tolerance").asDouble();
    Map<String, Double> actual;
    try {
      actual = operation.compute(testCase);
    } catch (RuntimeException e) {
      // whatever is amiss in a case, the others are still to be run
      return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }
    Map<String, JsonNode> expected = byName(testCase.path("expected"));
    if (!expected.keySet().equals(actual.keySet())) {
      return "gives " + actual.keySet() + ", expected are " + expected.keySet();
    }
    for (Map.Entry<String, JsonNode> entry : expected.entrySet()) {
      double wanted = entry.getValue().asDouble(Double.NaN);
      double got = actual.getOrDefault(entry.getKey(), Double.NaN);
      // negated so that NaN differs
      if (!(Math.abs(got - wanted) <= tolerance * Math.max(1, Math.abs(wanted)))) {
        return "%s is %s, expected %s".formatted(entry.getKey(), got, entry.getValue());
      }
    }
    return "";
  }

  /** The expected numbers: an object's by name, a list's by place, a single one by "value". */
  private static Map<String, JsonNode> byName(JsonNode expected) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    if (expected.isObject()) {
      expected.properties().forEach(entry -> named.put(entry.getKey(), entry.getValue()));
    } else if (expected.isArray()) {
      for (int i = 0; i < expected.size(); i++) {
        named.put(Integer.toString(i), expected.get(i));
      }
    } else {
      named.put("value", expected);
    }
    return named;
  }
}
