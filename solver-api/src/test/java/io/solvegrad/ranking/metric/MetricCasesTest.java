package io.solvegrad.ranking.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.ranking.CaseFields;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case about a metric in the two files, with the tolerances that they state. An unknown
 * operation or field is a failure.
 */
final class MetricCasesTest {
  /** The groups of each file that are about metrics. */
  private static final Map<String, Set<String>> FILES =
      Map.of(
          "ltr-cases.json", Set.of("metric", "tfr-metric", "ltrlib", "allrank", "util", "issue"),
          "peer-runs.json", Set.of("rax-metric"));

  /** What those groups hold beside metrics, with the reason. */
  private static final Map<Pattern, String> SKIPPED =
      Map.of(
          Pattern.compile(
              "(allrank|issue) .*(listMLE|listNet|lambdaLoss|rankNet|approxNDCG|neuralNDCG|ordinal"
                  + "|pointwise|bce|softmax|hinge|ListMLE|LambdaLoss|RankNet).*"),
          "a surrogate loss, which module smooth-relaxations offers",
          Pattern.compile(
              "util (logcumsumexp|normalize_probabilities|approx_ranks|approx_cutoff|compute_pairs"
                  + "|safe_reduce|sort_by)"),
          "a step inside losses of module smooth-relaxations, no ranks");

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static JsonNode read(String resource) {
    try (InputStream in = CaseFields.class.getResourceAsStream(resource)) {
      return MAPPER.readTree(Objects.requireNonNull(in, resource));
    } catch (IOException e) {
      throw new AssertionError("cannot read " + resource, e);
    }
  }

  private static List<JsonNode> cases(String resource) {
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode node : read(resource).get("cases")) {
      if (FILES.get(resource).contains(node.get("group").asText())) {
        cases.add(node);
      }
    }
    return cases;
  }

  @Test
  void files_haveEveryGroup() {
    FILES.forEach((resource, groups) -> {
      TreeSet<String> found = new TreeSet<>();
      cases(resource).forEach(node -> found.add(node.get("group").asText()));
      assertEquals(new TreeSet<>(groups), found);
    });
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return FILES.keySet().stream()
        .sorted()
        .flatMap(resource -> cases(resource).stream())
        .map(node -> dynamicTest(node.get("id").asText(), () -> run(node)));
  }

  private static void run(JsonNode node) {
    CaseFields fields = new CaseFields(node.get("id").asText(), node);
    String id = fields.text("id");
    String group = fields.text("group");
    String op = fields.text("op");
    for (String remark : List.of("kind", "source", "checks", "note")) {
      if (fields.has(remark)) {
        fields.any(remark);
      }
    }
    SKIPPED.forEach((pattern, reason) -> {
      if (pattern.matcher(group + " " + op).matches()) {
        abort(reason);
      }
    });
    double[] expected =
        Arrays.stream(fields.matrix("expected")).flatMapToDouble(Arrays::stream).toArray();
    double tolerance = fields.number("tolerance");
    assertTrue(tolerance > 0 && tolerance <= 1e-3, "tolerance " + tolerance);
    double[] actual =
        new MetricCaseRunner(group, fields.object("inputs"), fields.object("params")).run(op);
    fields.requireAllRead();
    assertEquals(expected.length, actual.length, id);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          expected[i], actual[i], tolerance * Math.max(1, Math.abs(expected[i])), id + " " + i);
    }
  }
}
