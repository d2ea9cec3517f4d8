package io.solvegrad.rambo;

import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * One list for the properties: scores without ties, on a grid of powers of two so that shifts are
 * exact, with relevant and irrelevant candidates.
 */
record Query(double[] scores, boolean[] relevant) {
  /** Half the smallest gap between two scores. */
  static final double HALF_GAP = 1.0 / 512;

  /** Lists of up to that many candidates, at least one of them relevant and one not. */
  static Arbitrary<Query> arbitrary(int largest) {
    return Arbitraries.longs()
        .withoutEdgeCases()
        .map(seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          return random(random, random.nextInt(2, largest + 1));
        });
  }

  static Query random(SplittableRandom random, int size) {
    double[] scores =
        random.ints(-256, 256).distinct().limit(size).mapToDouble(s -> s / 256.0).toArray();
    boolean[] relevant = new boolean[size];
    for (int i = 0; i < size; i++) {
      relevant[i] = random.nextInt(3) == 0;
    }
    int one = random.nextInt(size);
    relevant[one] = true;
    relevant[(one + 1 + random.nextInt(size - 1)) % size] = false;
    return new Query(scores, relevant);
  }

  int size() {
    return scores.length;
  }

  int positives() {
    return (int) IntStream.range(0, size()).filter(i -> relevant[i]).count();
  }

  Query withScores(double[] other) {
    return new Query(other, relevant);
  }

  Query shiftedBy(double shift) {
    return withScores(Arrays.stream(scores).map(s -> s + shift).toArray());
  }

  Query onlyRelevant(int item) {
    boolean[] one = new boolean[size()];
    one[item] = true;
    return new Query(scores, one);
  }

  /** The same candidates with the best (or worst) scores given to the relevant ones. */
  Query ordered(boolean best) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int[] place = {best ? size() : positives(), best ? size() - positives() : size()};
    double[] other = new double[size()];
    for (int i = 0; i < size(); i++) {
      other[i] = sorted[--place[relevant[i] ? 0 : 1]];
    }
    return withScores(other);
  }

  Query permuted(long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    Query other = new Query(new double[size()], new boolean[size()]);
    for (int i = 0; i < size(); i++) {
      other.scores[i] = scores[order.get(i)];
      other.relevant[i] = relevant[order.get(i)];
    }
    return other;
  }

  /** r of each relevant candidate: how many irrelevant ones have a larger score. */
  int negativesAbove(int item) {
    return (int)
        IntStream.range(0, size()).filter(j -> !relevant[j] && scores[j] > scores[item]).count();
  }

  int rank(int item) {
    return 1 + (int) IntStream.range(0, size()).filter(j -> scores[j] > scores[item]).count();
  }

  RankingBatch batch() {
    return batch(List.of(this));
  }

  /** Lists of one length, one a row. */
  static RankingBatch batch(List<Query> queries) {
    int size = queries.get(0).size();
    double[] scores = new double[queries.size() * size];
    boolean[] relevant = new boolean[scores.length];
    for (int q = 0; q < queries.size(); q++) {
      System.arraycopy(queries.get(q).scores, 0, scores, q * size, size);
      System.arraycopy(queries.get(q).relevant, 0, relevant, q * size, size);
    }
    return RankingBatch.rows(
        ScoreArray.of(scores), queries.size(), size, Relevance.of(ItemSets.mask(relevant)));
  }

  @Override
  public String toString() {
    return "scores " + Arrays.toString(scores) + " relevant " + Arrays.toString(relevant);
  }
}
