package io.solvegrad.ranking;

/**
 * The inner loops of exact ranking: what there is to make fast.
 *
 * <p>All kernels give the same bits as {@link ScalarRankKernel}. A kernel is the scratch of one
 * thread; {@link RankKernels#newKernel} chooses the best that the JVM can run.
 *
 * <p>Order: larger scores first, among equal ones the lower position; -0.0 equals 0.0. Scores are
 * not checked for NaN here.
 */
public interface RankKernel {

  /**
   * Full ranks of a row, 1 for the largest score.
   *
   * @param scores holds the row. Not modified.
   * @param offset index of its first score
   * @param n its length
   * @param ranks receives n ranks from index 0. Modified.
   */
  void ranks(ScoreArray scores, int offset, int n, int[] ranks);

  /**
   * Ranks of the targets of a list, without sorting the list.
   *
   * @param list the candidates and targets
   * @param ranks receives the rank of each target among all candidates. Modified.
   * @param among receives its rank among the targets. Modified.
   */
  void targetRanks(CandidateList list, int[] ranks, int[] among);

  /**
   * Adds (rank after - rank before) / lambda to the gradient of every candidate, where "after"
   * means that the targets have moved to new scores and nothing else has. Each summand is rounded
   * to the precision of the gradient before it is added.
   *
   * @param list the candidates, the targets with their present scores, and the gradient. Its
   *     gradient is modified.
   * @param moved the new score of each target, already in the precision of the scores. Not
   *     modified.
   * @param lambda positive, in plain units
   * @return how many candidates have changed their rank
   */
  int addRankChange(CandidateList list, double[] moved, double lambda);

  /**
   * {@return the index between 0 and n of the first NaN of a row, or -1}
   *
   * @param scores holds the row. Not modified.
   * @param offset index of its first score
   * @param n its length
   */
  int firstNaN(ScoreArray scores, int offset, int n);
}
