package io.solvegrad.ranking;

import java.util.Objects;

/**
 * Ranks exactly, without a gradient: what turns a metric into a number for reports.
 *
 * <pre>{@code
 * double ndcg = 1 - MetricLoss.of(RankMetrics.ndcgAt(10), new ExactRanker(TieOrder.AVERAGED))
 *     .emptyQueries(EmptyQueries.ZERO)
 *     .value(batch);
 * }</pre>
 *
 * <p>A score of minus infinity means that the candidate was not retrieved: it adds nothing to
 * metrics of positions and of terms, but counts among what there was to find; a loss without a
 * bound, such as {@link Recall#log}, would be infinite and is refused. Its plain rank, which
 * metrics of pairs use, is that of the smallest score.
 *
 * <p>With {@link TieOrder#AVERAGED}, metrics made of positions, terms and mean ranks are exact; one
 * that asks for the rank of a single candidate, which does not exist, is refused. Cost: a count
 * over the list for {@link TieOrder#INDEX}, O(n log n) otherwise; averaged terms take tied
 * candidates x tied relevant ones.
 *
 * @param ties which of several candidates with equal scores stands first
 * @param seed of the random order; other orders ignore it
 */
public record ExactRanker(TieOrder ties, long seed) implements Ranker<Ranks> {

  /** Checks that nothing is missing. */
  public ExactRanker {
    Objects.requireNonNull(ties, "ties must not be null");
  }

  /**
   * An order that needs no seed, or the random one with seed 0.
   *
   * @param ties which of several candidates with equal scores stands first
   */
  public ExactRanker(TieOrder ties) {
    this(ties, 0);
  }

  /** The order of the losses: lower index first. */
  public ExactRanker() {
    this(TieOrder.INDEX);
  }

  @Override
  public Pass<Ranks> newPass() {
    return switch (ties) {
      case INDEX -> new ExactPass(new CountedRanks());
      case AVERAGED -> new AveragedPass();
      case OPTIMISTIC -> new ExactPass(new SortedRanks((list, candidate, grade) -> grade));
      case PESSIMISTIC -> new ExactPass(new SortedRanks((list, candidate, grade) -> -grade));
      case RANDOM ->
          new ExactPass(new SortedRanks((list, candidate, grade) -> random(list, candidate)));
    };
  }

  private double random(int list, int candidate) {
    long bits = mix(mix(mix(seed) + list) + candidate);
    return bits >>> 11;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood, doi:10.1145/2660193.2660195). */
  private static long mix(long state) {
    long bits = state + 0x9E3779B97F4A7C15L;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }

  /** A way to find the ranks of the targets of a list. */
  interface TargetOrder {
    void ranks(CandidateList list, int[] ranks, int[] among);
  }

  /** Ties by index, without sorting. */
  private static final class CountedRanks implements TargetOrder {
    private final RankKernel kernel = RankKernels.newKernel();

    @Override
    public void ranks(CandidateList list, int[] ranks, int[] among) {
      kernel.targetRanks(list, ranks, among);
    }
  }
}
