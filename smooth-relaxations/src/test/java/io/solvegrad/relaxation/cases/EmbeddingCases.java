package io.solvegrad.relaxation.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.embedding.EmbeddingLoss;
import io.solvegrad.relaxation.embedding.EmbeddingLosses;
import java.util.Arrays;

/** Losses of pytorch-metric-learning. */
final class EmbeddingCases {
  private EmbeddingCases() {}

  static void run(Case c) {
    EmbeddingLoss loss = loss(c);
    double[] embeddings = Case.numbers(c.input("embeddings"));
    int[] classes = Arrays.stream(Case.numbers(c.input("labels"))).mapToInt(x -> (int) x).toArray();
    double[] gradient = new double[embeddings.length];
    double value = loss.evaluate(ScoreArray.of(embeddings), classes, ScoreArray.of(gradient));
    c.assertNumbers(c.expected().get("value"), value);
    c.assertNumbers(c.expected().get("gradient"), gradient);
  }

  private static EmbeddingLoss loss(Case c) {
    return switch (c.op()) {
      case "fast_ap_loss" -> {
        requireSetting(c, "squared euclidean of unit vectors", "mean");
        yield EmbeddingLosses.fastAp((int) c.number("num_bins", 10));
      }
      case "multi_similarity_loss" -> {
        requireSetting(c, "cosine", "mean");
        yield EmbeddingLosses.multiSimilarity(
            c.number("alpha", 2), c.number("beta", 50), c.number("base", 0.5));
      }
      case "sup_con_loss" -> {
        requireSetting(c, "cosine", "mean over non-zero losses");
        yield EmbeddingLosses.supervisedContrastive(c.number("temperature", 0.1));
      }
      case "nt_xent_loss" -> {
        requireSetting(c, "cosine", "mean");
        yield EmbeddingLosses.ntXent(c.number("temperature", 0.07));
      }
      case "triplet_margin_loss" -> {
        requireSetting(c, "euclidean of unit vectors", "mean over non-zero losses");
        yield EmbeddingLosses.triplet(c.number("margin", 0.05));
      }
      case "contrastive_loss" -> {
        boolean cosine = c.text("distance", "").equals("cosine");
        requireSetting(
            c, cosine ? "cosine" : "euclidean of unit vectors", "mean over non-zero losses");
        yield cosine
            ? EmbeddingLosses.calibration(c.number("pos_margin", 1), c.number("neg_margin", 0))
            : EmbeddingLosses.contrastive(c.number("pos_margin", 0), c.number("neg_margin", 1));
      }
      default -> throw new IllegalArgumentException("unknown operation " + c.op());
    };
  }

  private static void requireSetting(Case c, String distance, String reducer) {
    assertEquals(distance, c.text("distance", distance));
    String given = c.text("reducer", reducer);
    assertTrue(given.startsWith(reducer), given);
  }
}
