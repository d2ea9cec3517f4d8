package example;

import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.PairwiseSigmoid;
import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.Lambda;
import java.util.Arrays;

/** Uses a few modules as a user's program would, and prints what a script compares. */
public final class Consumer {
  public static void main(String[] args) {
    float[] scores = {0.2f, 0.9f, 0.4f, 0.1f};
    RankingBatch batch =
        RankingBatch.of(
            ScoreArray.of(scores),
            Layout.ragged(0, 4),
            Relevance.grades(new double[] {2, 0, 1, 0}));
    float[] gradient = new float[scores.length];
    MetricLoss blackbox =
        MetricLoss.of(RankMetrics.ndcg(), new BlackboxRanker(Lambda.plain(40))).margin(0.1);
    System.out.printf("blackbox %.4f %s%n",
        blackbox.evaluate(batch, ScoreArray.of(gradient)), Arrays.toString(gradient));
    System.out.printf("smooth %.4f%n",
        MetricLoss.of(RankMetrics.ndcg(), new PairwiseSigmoid(0.1)).value(batch));
    double[] path = new double[9];
    new GridShortestPath(3, 3, Neighbourhood.EIGHT)
        .solve(new double[] {1, 9, 9, 9, 1, 9, 9, 9, 1}, path);
    System.out.println("path " + Arrays.toString(path));
    System.out.println("named module " + Consumer.class.getModule().isNamed());
  }
}
