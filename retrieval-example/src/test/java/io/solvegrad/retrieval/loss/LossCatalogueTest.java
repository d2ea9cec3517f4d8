package io.solvegrad.retrieval.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.LambdaChoice;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.SmoothLosses;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LossCatalogueTest {
  private static final int ITEMS = 12;
  private static final int[] CLASSES = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3};

  /** Cosines of a batch in no good order. */
  private static RankingBatch batch() {
    Random random = new Random(4);
    float[] scores = new float[ITEMS * ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      for (int j = 0; j <= i; j++) {
        float cosine = i == j ? 1 : (float) (random.nextDouble() - 0.5);
        scores[i * ITEMS + j] = cosine;
        scores[j * ITEMS + i] = cosine;
      }
    }
    return RankingBatch.rows(
            ScoreArray.of(scores), ITEMS, ITEMS, Relevance.of(ItemSets.sameId(CLASSES, CLASSES)))
        .excluding(ItemSets.self());
  }

  private static LossSettings settings(String loss, double noise) {
    LossChoice choice = LossChoice.parse(loss);
    LambdaChoice lambda = choice.isBlackbox() ? LambdaChoice.parse("plain:50") : null;
    return new LossSettings(choice, lambda, 0, noise, noise == 0 ? 1 : 2);
  }

  private static float[] gradient(TrainedLoss loss) {
    float[] gradient = new float[ITEMS * ITEMS];
    loss.evaluate(batch(), ScoreArray.of(gradient));
    return gradient;
  }

  static List<String> lines() {
    return LossCatalogue.lines();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void everyLossHasAGradientAndIsReadAsItIsWritten(String line) {
    float[] gradient = gradient(new TrainedLoss(settings(line, 0), 1, 1));
    boolean moved = false;
    for (float slope : gradient) {
      assertTrue(Float.isFinite(slope), line);
      moved |= slope != 0;
    }
    assertTrue(moved, line);
    assertEquals(line, LossChoice.parse(line).toString());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void everyLossGoesOnAsIfItHadNotStopped(String line) {
    LossSettings settings = settings(line, 0.1);
    TrainedLoss whole = new TrainedLoss(settings, 1, 9);
    float[] first = gradient(whole);
    float[] second = gradient(whole);
    TrainedLoss resumed = new TrainedLoss(settings, 1, 9);
    resumed.resumeAfter(1, resumed.lambdaFactor());
    assertArrayEquals(second, gradient(resumed), line);
    assertArrayEquals(first, gradient(new TrainedLoss(settings, 1, 9)), line);
  }

  @ParameterizedTest
  @CsvSource({"pl-rank", "policy-gradient", "perturbed-ndcg"})
  void samplesAreDrawnAnewInEveryStep(String name) {
    TrainedLoss loss = new TrainedLoss(settings(name, 0), 1, 1);
    assertFalse(Arrays.equals(gradient(loss), gradient(loss)));
  }

  @Test
  void parametersReachTheLoss() {
    assertEquals(
        SmoothLosses.smoothAp(0.2).value(batch()),
        new TrainedLoss(settings("smooth-ap:temperature=0.2", 0), 1, 1).value(batch()));
  }

  @Test
  void aSumWeighsItsTerms() {
    double ap = new TrainedLoss(settings("ap", 0), 1, 1).value(batch());
    double softmax = new TrainedLoss(settings("softmax:temperature=0.5", 0), 1, 1).value(batch());
    LossSettings sum = settings("ap+0.25*softmax:temperature=0.5", 0);
    assertEquals(ap + 0.25 * softmax, new TrainedLoss(sum, 1, 1).value(batch()), 1e-12);
    assertTrue(sum.loss().isBlackbox());
    assertFalse(sum.loss().isGraded());
    assertTrue(sum.loss().takesAnyScores());
    assertEquals("ap+0.25*softmax:temperature=0.5", sum.loss().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | There is no loss 'nonsense'; the losses are recall-loglog",
        "ap+ | There is no loss ''",
        "ap:k=3 | Loss ap has no parameter 'k'; it has none.",
        "smooth-ap:heat=1 | Loss smooth-ap has no parameter 'heat'; it has temperature.",
        "smooth-ap:1 | must be NAME:PARAMETER=NUMBER,..., but has '1'",
        "smooth-ap:temperature=x | has 'x' where a number belongs",
        "smooth-ap:temperature=-1 | Loss smooth-ap: ",
        "fast-ap:bins=2.5 | Parameter bins must be a whole number, but is 2.5.",
        "0*ap | The weight of loss ap must be positive, but is 0.0.",
        "ap+NaN*ap | Loss 'ap+NaN*ap' has a number that is not finite.",
      })
  void refusesWhatIsNoLoss(String text, String sentence) {
    BadInputException refused = assertThrows(BadInputException.class, () -> LossChoice.parse(text));
    assertTrue(String.valueOf(refused.getMessage()).contains(sentence), refused.getMessage());
  }
}
