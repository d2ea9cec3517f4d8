package io.solvegrad.evaluation.ranking;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Relevance judgments (qrels) and runs as TREC and trec_eval write them.
 *
 * <p>Qrels: {@code query iteration document relevance}, the relevance an integer, below 0 for
 * pooled and not judged. Runs: {@code query Q0 document rank score name}; the rank is not read, the
 * order follows from scores. Lines that begin with # and blank lines are skipped; a document may
 * stand only once for a query.
 */
public final class TrecFiles {
  private TrecFiles() {}

  /**
   * Reads judgments.
   *
   * @param file a qrels file
   * @return for each query, in the order of the file, the relevance of its documents
   * @throws FileFormatException if a line is malformed, a document is judged twice or nothing is
   *     judged
   * @throws IOException if reading fails
   */
  public static Map<String, Map<String, Integer>> readQrels(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    Map<String, Map<String, Integer>> qrels = new LinkedHashMap<>();
    try (TextFile text = new TextFile(file)) {
      for (List<String> fields = content(text); fields != null; fields = content(text)) {
        if (fields.size() != 4) {
          throw text.problem(
              "has %d fields, a judgment has 4: query iteration document relevance"
                  .formatted(fields.size()));
        }
        // some write 1.0, which trec_eval reads as 1
        String written = fields.get(3).replaceFirst("\\.0+$", "");
        int relevance = text.integer(written, "relevance");
        put(text, qrels, fields, relevance);
      }
    }
    return notEmpty(file, qrels);
  }

  /**
   * Reads a run.
   *
   * @param file a run file
   * @return for each query, in the order of the file, the score of its documents
   * @throws FileFormatException if a line is malformed, a document stands twice for a query, a
   *     score is not a finite number or the file holds nothing
   * @throws IOException if reading fails
   */
  public static Map<String, Map<String, Double>> readRun(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    Map<String, Map<String, Double>> run = new LinkedHashMap<>();
    try (TextFile text = new TextFile(file)) {
      for (List<String> fields = content(text); fields != null; fields = content(text)) {
        if (fields.size() < 6) {
          throw text.problem(
              "has %d fields, a run has 6: query Q0 document rank score name"
                  .formatted(fields.size()));
        }
        double score = text.number(fields.get(4), "score");
        put(text, run, fields, score);
      }
    }
    return notEmpty(file, run);
  }

  private static @Nullable List<String> content(TextFile text) throws IOException {
    List<String> fields = text.nextFields();
    while (fields != null && fields.getFirst().startsWith("#")) {
      fields = text.nextFields();
    }
    return fields;
  }

  private static <V> void put(
      TextFile text, Map<String, Map<String, V>> all, List<String> fields, V value)
      throws FileFormatException {
    String query = fields.get(0);
    String document = fields.get(2);
    if (all.computeIfAbsent(query, key -> new LinkedHashMap<>()).put(document, value) != null) {
      throw text.problem(
          "names document " + quoted(document) + " of query " + quoted(query) + " again");
    }
  }

  private static <V> Map<String, V> notEmpty(Path file, Map<String, V> content)
      throws FileFormatException {
    if (content.isEmpty()) {
      throw new FileFormatException(file, "holds no line of content");
    }
    return content;
  }

  /**
   * Joins judgments and a run.
   *
   * @param qrels the relevance of documents by query. Not modified.
   * @param run the scores of documents by query. Not modified.
   * @param ties who stands first among equal scores; {@link TieRule#TREC} as trec_eval
   * @param level the smallest relevance that is relevant, 1 in trec_eval
   * @param complete whether a judged query that the run lacks counts as one that found nothing
   *     (trec_eval's -c); otherwise only queries of both count
   * @return the rankings by query, in the order of the judgments
   */
  public static Map<String, JudgedRanking> join(
      Map<String, Map<String, Integer>> qrels,
      Map<String, Map<String, Double>> run,
      TieRule ties,
      double level,
      boolean complete) {
    Objects.requireNonNull(qrels, "qrels must not be null");
    Objects.requireNonNull(run, "run must not be null");
    Objects.requireNonNull(ties, "ties must not be null");
    Map<String, JudgedRanking> rankings = new LinkedHashMap<>();
    qrels.forEach((query, judgments) -> {
      Map<String, Double> found = run.get(query);
      if (found != null || complete) {
        rankings.put(query, ranking(judgments, found == null ? Map.of() : found, ties, level));
      }
    });
    return rankings;
  }

  private static JudgedRanking ranking(
      Map<String, Integer> judgments, Map<String, Double> found, TieRule ties, double level) {
    String[] documents = found.keySet().toArray(new String[0]);
    double[] scores = found.values().stream().mapToDouble(Double::doubleValue).toArray();
    double[] labels = new double[documents.length];
    for (int i = 0; i < labels.length; i++) {
      Integer label = judgments.get(documents[i]);
      labels[i] = label == null ? JudgedRanking.UNJUDGED : label;
    }
    double[] judged = judgments.values().stream().mapToDouble(Integer::doubleValue).toArray();
    return JudgedRanking.of(labels, scores, documents, judged, ties, level);
  }
}
