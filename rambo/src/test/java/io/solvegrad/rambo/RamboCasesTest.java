package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.ranking.CaseFields;
import io.solvegrad.ranking.Reduction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Every case of the file, in every variant and both precisions. Tolerances are those that the file
 * states; an unknown kind, variant, field or weight is a failure.
 */
final class RamboCasesTest {
  private static final String RESOURCE = "rambo-cases.json";
  private static final Path SHARED = Path.of("..", "..", "shared", "cases", RESOURCE);
  private static final Pattern TOLERANCES =
      Pattern.compile("absolute tolerance (\\S+) in float64, (\\S+) relative in float32");

  /** What the file tells of itself. */
  private static final List<String> CASE_FIELDS =
      List.of("id", "kind", "ties", "inputs", "note", "min_score_gap");

  /** Variants that we do not offer, with the reason. */
  private static final Map<String, String> SKIPPED =
      Map.of(
          "expected_reference_flip",
          "among equal scores the lower index comes first here, never the higher one",
          "reference_literal",
          "multiplies ranks by the number of rows, which is right for square matrices alone");

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final JsonNode file = read();

  private static JsonNode read() {
    try (InputStream in = RamboCasesTest.class.getResourceAsStream(RESOURCE)) {
      return MAPPER.readTree(Objects.requireNonNull(in, RESOURCE));
    } catch (IOException e) {
      throw new AssertionError("cannot read " + RESOURCE, e);
    }
  }

  private record Tolerances(double absolute, double relative) {
    static Tolerances of(String about) {
      Matcher matcher = TOLERANCES.matcher(about);
      assertTrue(matcher.find(), () -> "no tolerances in: " + about);
      return new Tolerances(
          Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
    }

    double allowed(CasePrecision precision, double expected) {
      return precision == CasePrecision.DOUBLE
          ? absolute
          : Math.max(absolute, relative * Math.abs(expected));
    }
  }

  /** The cases that come with the sources are those that are shared, with nothing changed. */
  @Test
  void copy_holdsEverySharedCaseUnchanged() throws IOException {
    assumeTrue(Files.exists(SHARED), "there is no " + SHARED + " to compare the copy with");
    JsonNode shared = MAPPER.readTree(SHARED.toFile());
    assertEquals(shared.get("about"), file.get("about"));
    assertEquals(shared.get("conventions"), file.get("conventions"));
    Map<String, JsonNode> here = byId(file);
    Map<String, JsonNode> there = byId(shared);
    boolean sameEdition = here.keySet().stream().anyMatch(there::containsKey);
    assumeTrue(sameEdition, "the copy holds other cases than the shared file");
    there.forEach((id, node) -> assertEquals(node, here.get(id), id));
  }

  private static Map<String, JsonNode> byId(JsonNode root) {
    Map<String, JsonNode> cases = new TreeMap<>();
    root.get("cases").forEach(c -> cases.put(c.get("id").asText(), c));
    return cases;
  }

  @Test
  void file_isOfAKnownFormatAndHasEveryKind() {
    CaseFields fields = new CaseFields(RESOURCE, file);
    assertEquals(1, fields.number("format"));
    Tolerances tolerances = Tolerances.of(fields.text("about"));
    assertTrue(tolerances.absolute > 0 && tolerances.absolute <= 1e-6);
    assertTrue(tolerances.relative > 0 && tolerances.relative <= 2e-5);
    fields.any("conventions");
    TreeSet<String> kinds = new TreeSet<>();
    fields.any("cases").forEach(c -> kinds.add(c.get("kind").asText()));
    assertEquals(new TreeSet<>(List.of("ap", "map_full", "ranker", "recall")), kinds);
    assertEquals(file.get("cases").size(), byId(file).size(), "ids are unique");
    fields.requireAllRead();
  }

  @TestFactory
  Stream<DynamicNode> cases() {
    Tolerances tolerances = Tolerances.of(file.get("about").asText());
    List<DynamicNode> containers = new ArrayList<>();
    for (JsonNode node : file.get("cases")) {
      String id = node.get("id").asText();
      containers.add(dynamicContainer(id, variants(id, node, tolerances)));
    }
    return containers.stream();
  }

  private static Stream<DynamicTest> variants(String id, JsonNode node, Tolerances tolerances) {
    CaseFields fields = new CaseFields(id, node);
    fields.text("id");
    CASE_FIELDS.stream().filter(fields::has).forEach(fields::any);
    assertTrue(fields.has("expected"), id + " expects nothing");
    List<DynamicTest> tests = new ArrayList<>();
    for (String variant : fields.unread()) {
      if (SKIPPED.containsKey(variant)) {
        tests.add(dynamicTest(id + " " + variant, () -> abort(SKIPPED.get(variant))));
        continue;
      }
      for (CasePrecision precision : CasePrecision.values()) {
        String name = id + " " + variant + " " + precision;
        tests.add(
            dynamicTest(name, () -> new Check(name, tolerances, precision).run(node, variant)));
      }
    }
    return tests.stream();
  }

  /** Computes what a case expects, in one way or several. */
  private interface Runner {
    List<Map<String, double[][]>> run(CaseFields inputs, CasePrecision precision);
  }

  /** One case in one variant and precision. */
  private record Check(String name, Tolerances tolerances, CasePrecision precision) {

    void run(JsonNode node, String variant) {
      Runner runner = runner(node.get("kind").asText(), variant);
      CaseFields inputs = new CaseFields(name + " inputs", node.get("inputs"));
      CaseFields expected = new CaseFields(name, node.get(variant));
      if (expected.has("error") || hasNaN(node.get("inputs"))) {
        expectError(() -> runner.run(inputs, precision), node, expected);
        return;
      }
      requireResolution(node);
      for (Map<String, double[][]> result : runner.run(inputs, precision)) {
        CaseFields fields = new CaseFields(name, node.get(variant));
        for (String field : fields.unread()) {
          double[][] actual = result.get(field);
          assertTrue(actual != null, () -> name + ": unknown field " + field);
          compare(field, fields.matrix(field), actual);
        }
      }
    }

    private static Runner runner(String kind, String variant) {
      return switch (kind + " " + variant) {
        case "ranker expected" -> CaseRunner::ranker;
        case "recall expected" -> (in, p) -> CaseRunner.recall(in, p, Reduction.MICRO);
        case "recall paper_per_query_mean" ->
            (in, p) -> CaseRunner.recall(in, p, Reduction.QUERY_MEAN);
        case "ap expected" -> (in, p) -> CaseRunner.averagePrecision(in, p, false, true);
        case "ap no_epsilon" -> (in, p) -> CaseRunner.averagePrecision(in, p, false, false);
        case "map_full expected" -> (in, p) -> CaseRunner.averagePrecision(in, p, true, true);
        case "map_full no_epsilon" -> (in, p) -> CaseRunner.averagePrecision(in, p, true, false);
        default -> throw new AssertionError("unknown kind or variant: " + kind + " " + variant);
      };
    }

    private static boolean hasNaN(JsonNode inputs) {
      return CaseMatrix.hasNaN(CaseFields.matrix(inputs.get("scores")))
          || (inputs.has("grad_output")
              && CaseMatrix.hasNaN(CaseFields.matrix(inputs.get("grad_output"))));
    }

    private void expectError(Executable run, JsonNode node, CaseFields expected) {
      String message = assertThrows(IllegalArgumentException.class, run, name).getMessage();
      if (CaseMatrix.hasNaN(CaseFields.matrix(node.get("inputs").get("scores")))) {
        assertTrue(message.contains("NaN"), message);
      }
      if (expected.has("error")) {
        expected.any("error");
      }
      expected.requireAllRead();
    }

    /** A case without ties must not get some by rounding. */
    private void requireResolution(JsonNode node) {
      if (precision == CasePrecision.FLOAT && node.has("min_score_gap")) {
        double largest =
            Stream.of(CaseFields.matrix(node.get("inputs").get("scores")))
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        double gap = node.get("min_score_gap").asDouble(Double.POSITIVE_INFINITY);
        assertTrue(
            node.path("ties").asBoolean() || gap > 4 * Math.ulp((float) largest),
            () -> name + ": gap " + gap);
      }
    }

    private void compare(String field, double[][] expected, double[][] all) {
      double[][] actual = all;
      if (field.equals("ap_per_class") && expected[0].length < all[0].length) {
        // Classes without a positive left out.
        actual =
            new double[][] {Arrays.stream(all[0]).filter(value -> !Double.isNaN(value)).toArray()};
      }
      // With a memory, what is expected may end with the current rows.
      assertTrue(expected.length <= actual.length, () -> name + " " + field + ": rows");
      for (int r = 0; r < expected.length; r++) {
        assertEquals(expected[r].length, actual[r].length, name + " " + field + ": columns");
        for (int c = 0; c < expected[r].length; c++) {
          double e = expected[r][c];
          double a = actual[r][c];
          boolean absentClass = field.equals("ap_per_class") && Double.isNaN(a);
          boolean equal =
              absentClass
                  ? Double.isNaN(e) || e == 0
                  : a == e || Math.abs(a - e) <= tolerances.allowed(precision, e);
          String place = "%s %s[%d][%d]".formatted(name, field, r, c);
          assertTrue(equal, () -> place + " is " + a + " instead of " + e);
        }
      }
    }
  }
}
