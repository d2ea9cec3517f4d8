package io.solvegrad.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.evaluation.file.FileFormatException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfTestTest {
  @TempDir private Path folder;

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(SelfTestTest.class.getResource(name)).toURI());
  }

  /** The whole files; cases of losses, of their parts and of solvers are skipped and counted. */
  @TestFactory
  List<DynamicTest> everyCaseAgrees() throws IOException, URISyntaxException {
    SelfTest.Outcome outcome =
        SelfTest.run(List.of(resource("ltr-cases.json"), resource("peer-runs.json")));
    assertEquals(30, outcome.lines().size(), "cases of the evaluators were lost");
    assertEquals(158, outcome.skipped().values().stream().mapToInt(Integer::intValue).sum());
    assertTrue(
        outcome.skipped().keySet().stream().allMatch(reason -> reason.contains("evaluator")));
    return outcome.lines().stream()
        .map(line -> DynamicTest.dynamicTest(line.id(), () -> assertEquals("", line.problem())))
        .toList();
  }

  /** What ships are the evaluators' cases of the whole files, unchanged. */
  @Test
  void whatShipsAreTheCasesOfEvaluators() throws IOException, URISyntaxException {
    ObjectMapper json = new ObjectMapper();
    Map<String, JsonNode> whole = new HashMap<>();
    for (String name : List.of("ltr-cases.json", "peer-runs.json")) {
      json.readTree(resource(name).toFile())
          .path("cases")
          .forEach(one -> whole.put(one.path("id").asText(), one));
    }
    JsonNode shipped = json.readTree(resource("evaluator-cases.json").toFile()).path("cases");
    shipped.forEach(one -> assertEquals(whole.get(one.path("id").asText()), one));
    SelfTest.Outcome outcome = SelfTest.run(List.of());
    assertTrue(outcome.passed());
    assertEquals(shipped.size(), outcome.lines().size());
    assertEquals(Map.of(), outcome.skipped());
    assertEquals(30, shipped.size());
  }

  private SelfTest.Outcome run(String testCase) throws IOException {
    Path file = folder.resolve("cases.json");
    Files.writeString(file, "{\"cases\": [" + testCase.replace('\'', '"') + "]}");
    return SelfTest.run(List.of(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          precision          | {"topn": 2}                           | 0.5
          precision          | {"k": 2}                              | 0.5
          AP                 | {"relevance_threshold": 2}            | 0
          ndcg_score         | {"ignore_ties": true, "gain": "linear"} | 1
          dcg burges (2^y-1) | {"topn": 1}                           | 1
          hit_rate@1         | {}                                    | 1
          """)
  void acceptsWhatItKnows(String op, String params, double expected) throws IOException {
    SelfTest.Outcome outcome = run(rankingCase(op, params, expected));
    assertEquals("", outcome.lines().getFirst().problem());
    assertTrue(outcome.passed());
  }

  private static String rankingCase(String op, String params, double expected) {
    return "{'id': 'a', 'group': 'ir_measures', 'op': '"
        + op
        + "', 'inputs': {'labels': [1, 0], 'scores': [2, 1]}, 'params': "
        + params
        + ", 'expected': "
        + expected
        + ", 'tolerance': 1e-9}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          precisions  | {}
          precision   | {"topn": 2, "surprise": 1}
          precision   | {"ties": "by moonlight"}
          precision   | {"topn": "two"}
          ndcg linear | {"reduce": "sum"}
          """)
  void differsOnWhatItDoesNotKnow(String op, String params) throws IOException {
    SelfTest.Outcome outcome = run(rankingCase(op, params, 0.5));
    assertFalse(outcome.lines().getFirst().problem().isEmpty());
    assertFalse(outcome.passed());
  }

  @Test
  void differsOnAWrongNumberOrNoNumber() throws IOException {
    assertFalse(run(rankingCase("precision", "{'topn': 2}", 0.500001)).passed());
    String empty = rankingCase("precision", "{'topn': 2}", 0.5);
    assertFalse(run(empty.replace("'expected': 0.5", "'expected': null")).passed());
    assertFalse(run(empty.replace("'expected': 0.5", "'expected': [0.5]")).passed());
    assertFalse(run(empty.replace(", 'tolerance': 1e-9", "")).passed());
  }

  @Test
  void readsNeighboursByClassAndWithoutTheQueryItself() throws IOException {
    String template =
        """
        {'id': 'a', 'group': 'retrieval-eval', 'op': '[precision@1, R-precision, MAP@R, MAP, MRR]',
         'inputs': {'query_labels': [1, 1, 2, 3, 4], 'knn_labels': [[0, 1, 1, 2, 2], [1, 0, 1, 1, 3],
         [4, 4, 4, 4, 2], [3, 1, 3, 1, 3], [0, 0, 4, 2, 2]],
         'class_counts': {'0': 2, '1': 3, '2': 5, '3': 4, '4': 5}},
         'params': {'ref_includes_query': true, 'average': 'classes'}, 'tolerance': 1e-9,
         'expected': [%s, %s, %s, %s, %s]}
        """;
    // by hand: rows without their first column, R one less than the class
    double p1 = (0.5 + 0 + 0 + 0) / 4;
    double r = ((1.0 + 0.5) / 2 + 1.0 / 4 + 1.0 / 3 + 1.0 / 4) / 4;
    double mapR = ((1 + 0.25) / 2 + (1.0 / 4) / 4 + (1.0 / 2) / 3 + (1.0 / 2) / 4) / 4;
    double map =
        ((1 + (1.0 / 2 + 2.0 / 3) / 2) / 2
                + (1.0 / 4) / 4
                + (1.0 / 2 + 2.0 / 4) / 3
                + (1.0 / 2) / 4)
            / 4;
    double mrr = ((1 + 0.5) / 2 + 0.25 + 0.5 + 0.5) / 4;
    SelfTest.Outcome outcome = run(template.formatted(p1, r, mapR, map, mrr));
    assertEquals("", outcome.lines().getFirst().problem());
  }

  /** The accuracy calculator's own test: each reference item but every second is a query. */
  @Test
  void readsAReferenceThatHoldsTheQueriesSomewhere() throws IOException {
    StringBuilder query = new StringBuilder();
    StringBuilder reference = new StringBuilder();
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      query.append(i == 0 ? "" : ",").append("[" + i + "]");
      reference.append(i == 0 ? "" : ",").append("[" + i + "],[" + (i + 0.5) + "]");
      labels.append(i == 0 ? "" : ",").append(i + ",1");
    }
    // only query 1 has others of its class: at distances 0.5, 0.5, 1.5, 1.5, 2.5, ...
    double mapAtR = (1 + 2.0 / 2 + 3.0 / 5 + 4.0 / 7 + 5.0 / 9) / 10;
    SelfTest.Outcome outcome =
        run(
            """
            {'id': 'a', 'group': 'retrieval-eval', 'op': 'accuracy_calculator', 'inputs': {'query':
            [%s], 'query_labels': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 'reference': [%s],
            'reference_labels': [%s]}, 'params': {'ref_includes_query': true, 'k': 10},
            'tolerance': 1e-9, 'expected': {'precision_at_1': 1, 'r_precision': 0.5,
            'mean_average_precision_at_r': %s}}
            """
                .formatted(query, reference, labels, mapAtR));
    assertEquals("", outcome.lines().getFirst().problem());
  }

  @Test
  void refusesFilesThatHoldNoCases() throws IOException {
    Path file = folder.resolve("broken.json");
    for (String text : List.of("", "{", "[]", "{\"cases\": 3}", "no json")) {
      Files.writeString(file, text);
      assertThrows(FileFormatException.class, () -> SelfTest.run(List.of(file)), text);
    }
    assertEquals(
        Map.of("group rax-loss is not of an evaluator", 1),
        run("{'id': 'a', 'group': 'rax-loss'}").skipped());
    assertFalse(run("{'id': 'a', 'group': 'rax-loss'}").passed());
  }
}
