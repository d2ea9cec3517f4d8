package io.solvegrad.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every class and method that the table of names promises is there. */
final class NamesTest {
  private static final List<String> PREFIXES =
      List.of(
          "io.solvegrad.relaxation.",
          "io.solvegrad.relaxation.surrogate.",
          "io.solvegrad.relaxation.surrogate.DcgWeight$",
          "io.solvegrad.relaxation.SortingNetwork$",
          "io.solvegrad.relaxation.SmoothLosses$",
          "io.solvegrad.relaxation.embedding.",
          "io.solvegrad.ranking.",
          "io.solvegrad.ranking.PerturbedLoss$",
          "io.solvegrad.ranking.metric.",
          "io.solvegrad.rambo.",
          "io.solvegrad.solver.",
          "io.solvegrad.matching.",
          "io.solvegrad.program.",
          "io.solvegrad.selection.",
          "io.solvegrad.shortestpath.",
          "io.solvegrad.tour.",
          "io.solvegrad.evaluation.retrieval.",
          "io.solvegrad.ejml.",
          "io.solvegrad.djl.");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w*(?:\\.\\w+)*");
  private static final Pattern CHAINED = Pattern.compile("\\)\\.(\\w+)\\(");

  private static Path file() {
    return Path.of("..", "docs", "names.md");
  }

  /** The code of the last column of each table, and of the paragraphs above. */
  private static List<String> ours() throws IOException {
    return Files.readAllLines(file()).stream()
        .map(line -> line.startsWith("|") ? line.substring(line.indexOf('|', 1)) : "")
        .flatMap(column -> CODE.matcher(column).results().map(m -> m.group(1)))
        .filter(code -> !code.contains("_t12n") && !code.equals("k") && !code.startsWith("./"))
        .toList();
  }

  private static Optional<Class<?>> find(String name) {
    for (String prefix : PREFIXES) {
      try {
        return Optional.of(Class.forName(prefix + name));
      } catch (ClassNotFoundException e) {
        // Not in this package; the next one may have it.
      }
    }
    return Optional.empty();
  }

  private static boolean has(Class<?> type, String member) {
    return Arrays.stream(type.getMethods()).anyMatch(m -> m.getName().equals(member))
        || Arrays.stream(type.getFields()).anyMatch(f -> f.getName().equals(member))
        || Arrays.stream(type.getClasses()).anyMatch(c -> c.getSimpleName().equals(member));
  }

  /** A class; one and its member; one, a class in it and its member; a constant and its method. */
  private static boolean exists(String path) {
    String[] parts = path.split("[.]");
    return switch (parts.length) {
      case 1 -> find(path).isPresent();
      case 2 -> find(parts[0]).filter(type -> has(type, parts[1])).isPresent();
      default ->
          exists(parts[0] + "." + parts[1])
              && Stream.of(parts[0] + "$" + parts[1], parts[0])
                  .anyMatch(name -> exists(name + "." + parts[2]));
    };
  }

  @Test
  void everyName_exists() throws IOException {
    List<String> code = ours();
    assertTrue(code.size() > 70, "only %d pieces of code".formatted(code.size()));
    Set<String> missing = new TreeSet<>();
    for (String piece : code) {
      Matcher names = NAME.matcher(piece);
      while (names.find()) {
        if (!exists(names.group())) {
          missing.add(names.group());
        }
      }
      Matcher chained = CHAINED.matcher(piece);
      while (chained.find()) {
        String method = chained.group(1);
        boolean known =
            Stream.of("SurrogateLoss", "DcgWeight", "MetricLoss", "SolverLayer")
                .anyMatch(type -> has(find(type).orElseThrow(), method));
        if (!known) {
          missing.add(method);
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  /** What somebody looks for who comes from one of these libraries. */
  @Test
  void everyPeerLoss_isInTheTable() throws IOException {
    String table = Files.readString(file());
    String rax =
        "softmax_loss poly1_softmax_loss unique_softmax_loss listmle_loss pairwise_hinge_loss"
            + " pairwise_logistic_loss pairwise_soft_zero_one_loss pairwise_mse_loss"
            + " pairwise_qr_loss pointwise_sigmoid_loss pointwise_mse_loss pairwise_loss"
            + " mrr_metric recall_metric precision_metric ap_metric dcg_metric ndcg_metric"
            + " opa_metric approx_t12n bound_t12n gumbel_t12n segment_t12n"
            + " labeldiff_lambdaweight dcg_lambdaweight dcg2_lambdaweight";
    String others =
        "ApproxNDCGLoss ApproxMRRLoss GumbelApproxNDCGLoss NeuralSortNDCGLoss DCGLambdaWeight"
            + " PrecisionLambdaWeight approxNDCGLoss neuralNDCG neuralNDCG_transposed lambdaLoss"
            + " rankNet listNet listMLE ApproxNDCG ApproxMRR ApproxRankMSE NTXentLoss SupConLoss"
            + " MultiSimilarityLoss FastAPLoss TripletMarginLoss ContrastiveLoss SmoothAPLoss"
            + " soft_rank soft_sort logistic_phi";
    String solvers =
        "blackboxOpt negativeIdentity perturbedOpt perturbedOptMul perturbedFenchelYoung"
            + " perturbedFenchelYoungMul implicitMLE adaptiveImplicitMLE SPOPlus listwiseLTR"
            + " noiseContrastiveEstimation shortestPathModel knapsackModel tspModel regret"
            + " ShortestPath MinCostPerfectMatchingSolver TspSolver RecallLoss MapLoss";
    for (String name : String.join(" ", rax, others, solvers).split(" ")) {
      assertTrue(table.contains("`" + name), name);
    }
  }
}
