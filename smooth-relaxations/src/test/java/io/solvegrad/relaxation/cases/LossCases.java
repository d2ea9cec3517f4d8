package io.solvegrad.relaxation.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.Reduction;
import io.solvegrad.relaxation.surrogate.DcgWeight;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.LabelledList;
import io.solvegrad.relaxation.surrogate.LambdaWeight;
import io.solvegrad.relaxation.surrogate.ListMle;
import io.solvegrad.relaxation.surrogate.ListObjective;
import io.solvegrad.relaxation.surrogate.PairFunction;
import io.solvegrad.relaxation.surrogate.PairwiseLoss;
import io.solvegrad.relaxation.surrogate.PointFunction;
import io.solvegrad.relaxation.surrogate.PointwiseLoss;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.relaxation.surrogate.UniqueSoftmax;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The losses and lambda weights of Rax under the names that it gives them. */
final class LossCases {
  private LossCases() {}

  static void run(Case c) {
    String[] parts = c.op().split("\\+");
    if (parts[0].endsWith("_lambdaweight")) {
      weights(c, parts[0]);
      return;
    }
    LambdaWeight lambda = parts.length == 1 ? LambdaWeight.one() : lambda(c, parts[1]);
    SurrogateLoss loss = SurrogateLoss.of(objective(c, parts[0], lambda)).labels(transform(c));
    CaseLists lists = new CaseLists(c);
    String reduce = c.text("reduce", "mean");
    if (reduce.equals("none")) {
      double[] values = unreduced(loss, lists, parts[0]);
      lists.assertUnreduced(c, values, loss.reduction(Reduction.TOTAL), lists.batch());
      return;
    }
    // Rax means over elements; its sum divides by nothing.
    loss = loss.reduction(reduction(reduce));
    CaseLists.assertOutcome(c, lists.evaluate(loss, lists.batch(), 1));
  }

  /** As Rax without a reduction: lists, pairs (each row's n x n) or items, 0 where none counts. */
  private static double[] unreduced(SurrogateLoss loss, CaseLists lists, String op) {
    if (!op.startsWith("p") || op.startsWith("poly")) {
      double[] losses = new double[lists.lists()];
      loss.losses(lists.batch(), losses);
      return losses;
    }
    int n = lists.columns;
    boolean pairs = op.startsWith("pairwise");
    double[] all = new double[pairs ? lists.rows * n * n : lists.rows * n];
    loss.elements(
        lists.batch(),
        (list, first, second, value) -> {
          int place = lists.source[first];
          all[pairs ? place * n + lists.source[second] % n : place] = value;
        });
    return all;
  }

  static Reduction reduction(String reduce) {
    return switch (reduce) {
      case "mean" -> Reduction.MICRO;
      case "sum" -> Reduction.TOTAL;
      default -> throw new IllegalArgumentException("unknown reduce " + reduce);
    };
  }

  private static LabelTransform transform(Case c) {
    return switch (c.text("label_fn", "identity")) {
      case "identity" -> LabelTransform.identity();
      case "normalize_probabilities" -> LabelTransform.probabilities();
      default -> throw new IllegalArgumentException("unknown label_fn " + c.text("label_fn", ""));
    };
  }

  private static ListObjective objective(Case c, String op, LambdaWeight lambda) {
    return switch (op) {
      case "softmax_loss" -> new Softmax();
      case "poly1_softmax_loss" -> new Softmax(c.number("epsilon", 1));
      case "unique_softmax_loss" -> new UniqueSoftmax(gain(c));
      case "listmle_loss" -> {
        assertEquals("lower index first", c.text("label_ties", "lower index first"));
        yield new ListMle();
      }
      case "pairwise_hinge_loss" -> new PairwiseLoss(PairFunction.hinge(1), lambda);
      case "pairwise_logistic_loss" -> new PairwiseLoss(PairFunction.logistic(), lambda);
      case "pairwise_soft_zero_one_loss" -> new PairwiseLoss(PairFunction.softZeroOne(), lambda);
      case "pairwise_mse_loss" -> new PairwiseLoss(PairFunction.squaredError(), lambda);
      case "pairwise_qr_loss" ->
          new PairwiseLoss(
              PairFunction.quantile(c.number("tau", 0.5), c.flag("squared", false)), lambda);
      case "pointwise_sigmoid_loss" -> new PointwiseLoss(PointFunction.sigmoidCrossEntropy());
      case "pointwise_mse_loss" -> new PointwiseLoss(PointFunction.squaredError());
      default -> throw new IllegalArgumentException("unknown operation " + op);
    };
  }

  private static DoubleUnaryOperator gain(Case c) {
    return switch (c.text("gain", "exponential")) {
      case "exponential" -> y -> Math.pow(2, y) - 1;
      // Rax without a gain function takes the labels themselves.
      case "linear", "identity", "none" -> y -> y;
      default -> throw new IllegalArgumentException("unknown gain " + c.text("gain", ""));
    };
  }

  private static DoubleUnaryOperator discount(Case c) {
    return switch (c.text("discount", "log2")) {
      case "log2" -> r -> Math.log(2) / Math.log1p(r);
      case "reciprocal" -> r -> 1 / r;
      default -> throw new IllegalArgumentException("unknown discount " + c.text("discount", ""));
    };
  }

  private static LambdaWeight lambda(Case c, String op) {
    if (op.equals("labeldiff_lambdaweight")) {
      return LambdaWeight.labelDifference(1);
    }
    DcgWeight.Form form =
        switch (op) {
          case "dcg_lambdaweight" -> DcgWeight.Form.SWAP;
          case "dcg2_lambdaweight" ->
              c.flag("light_discount", false)
                  ? DcgWeight.Form.LIGHT_DISTANCE
                  : DcgWeight.Form.DISTANCE;
          default -> throw new IllegalArgumentException("unknown operation " + op);
        };
    int topn = (int) c.number("topn", Integer.MAX_VALUE);
    // Without a factor, the length of the row, masked candidates included.
    boolean matrix = c.input("scores").get(0).isArray();
    int length = matrix ? c.input("scores").get(0).size() : c.input("scores").size();
    return new DcgWeight(
        form, gain(c), discount(c), topn, c.flag("normalize", false), c.number("factor", length));
  }

  private static void weights(Case c, String op) {
    CaseLists lists = new CaseLists(c);
    LambdaWeight lambda = lambda(c, op);
    int n = lists.columns;
    double[] all = new double[lists.rows * n * n];
    for (int q = 0; q < lists.lists(); q++) {
      int[] valid = lists.valid(q);
      double[] scores = Arrays.stream(valid).mapToDouble(i -> lists.scores[i]).toArray();
      double[] labels = Arrays.stream(valid).mapToDouble(i -> lists.labels[i]).toArray();
      LambdaWeight.OfPair weights =
          lambda.on(LabelledList.of(scores, labels, lists.weights(valid)));
      for (int i = 0; i < valid.length; i++) {
        for (int j = 0; j < valid.length; j++) {
          int column = lists.source[valid[j]] % n;
          all[lists.source[valid[i]] * n + column] = weights.of(i, j);
        }
      }
    }
    c.assertNumbers(all);
  }
}
