package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Expected ranks of scores with Gaussian noise: rank(s) = E[exact rank of s + sigma z], estimated
 * by M samples; the derivative is E[rank z^T] / sigma, with the mean rank of the samples as a
 * control variate.
 *
 * <p>The noise of a list depends on the seed and on its scores, so that the same list gives the
 * same ranks on any thread, and the next step of a training draws anew. The gradient is an unbiased
 * estimate (up to a factor M / (M - 1) that the control variate needs) and not the derivative of
 * the estimated ranks. O(M n log n).
 *
 * <p>Source: Berthet et al., NeurIPS 2020, arXiv:2002.08676.
 *
 * @param sigma standard deviation of the noise, positive, in units of the score
 * @param samples M, at least 2
 * @param seed where the noise starts
 * @param cutoff what stands for a cut-off
 */
public record PerturbedRanks(double sigma, int samples, long seed, SoftCutoff cutoff)
    implements Ranker<Ranks> {

  /**
   * Checks sigma and the number of samples.
   *
   * @throws IllegalArgumentException unless sigma is positive and finite and there are two samples
   *     or more
   */
  public PerturbedRanks {
    Objects.requireNonNull(cutoff, "cutoff must not be null");
    Steps.requirePositive("sigma", sigma);
    if (samples < 2) {
      throw new IllegalArgumentException("samples must be at least 2, but is " + samples);
    }
  }

  /**
   * Expected ranks with a soft cut-off of temperature 1.
   *
   * @param sigma standard deviation of the noise
   * @param samples M
   * @param seed where the noise starts
   */
  public PerturbedRanks(double sigma, int samples, long seed) {
    this(sigma, samples, seed, SoftCutoff.fixed(1));
  }

  @Override
  public Pass<Ranks> newPass() {
    return new Samples(this);
  }

  private static final class Samples extends SoftRanks {
    private final PerturbedRanks ranker;
    private final SortedScores noisy = new SortedScores();
    private double[] sample = {};
    private double[] meanRank = {};
    private double[] meanAmong = {};
    private int[] targetAt = {};
    private double[] pulled = {};

    Samples(PerturbedRanks ranker) {
      super(ranker.cutoff);
      this.ranker = ranker;
    }

    @Override
    void rank(CandidateList list) {
      int n = list.candidates();
      sample = new double[n];
      pulled = new double[n];
      meanRank = new double[n];
      meanAmong = new double[list.count()];
      targetAt = new int[n];
      Arrays.fill(targetAt, -1);
      for (int k = 0; k < list.count(); k++) {
        targetAt[list.positions()[k]] = k;
      }
      forEachSample(
          n,
          (place, among, i) -> {
            meanRank[i] += (place + 1.0) / ranker.samples;
            if (targetAt[i] >= 0) {
              meanAmong[targetAt[i]] += (among + 1.0) / ranker.samples;
            }
          },
          () -> {});
      for (int k = 0; k < list.count(); k++) {
        set(k, meanRank[list.positions()[k]], meanAmong[k]);
      }
    }

    /** What is done with a candidate: its place in the sample, and its place among the targets. */
    private interface Visitor {
      void visit(int place, int among, int candidate);
    }

    private void forEachSample(int n, Visitor visitor, Runnable afterSample) {
      SplittableRandom random = new SplittableRandom(ranker.seed ^ hash(n));
      for (int m = 0; m < ranker.samples; m++) {
        for (int i = 0; i < n; i++) {
          pulled[i] = random.nextGaussian();
          sample[i] = scores[i] + ranker.sigma * pulled[i];
        }
        noisy.sort(sample, n, 1);
        for (int p = 0, among = 0; p < n; p++) {
          int i = noisy.order[p];
          visitor.visit(p, among, i);
          among += targetAt[i] >= 0 ? 1 : 0;
        }
        afterSample.run();
      }
    }

    private long hash(int n) {
      long hash = n;
      for (int i = 0; i < n; i++) {
        hash = 0x9E3779B97F4A7C15L * (hash ^ (hash >>> 29) ^ Double.doubleToLongBits(scores[i]));
      }
      return hash;
    }

    @Override
    double rankOf(int candidate) {
      return meanRank[candidate];
    }

    @Override
    void pull(CandidateList list) {
      int n = list.candidates();
      double[] inner = new double[1];
      forEachSample(
          n,
          (place, among, i) -> {
            int k = targetAt[i];
            if (k >= 0) {
              inner[0] += rankUpstream(k) * (place + 1 - meanRank[i]);
              inner[0] += amongUpstream(k) * (among + 1 - meanAmong[k]);
            }
          },
          () -> {
            double share = inner[0] / ((ranker.samples - 1) * ranker.sigma);
            for (int i = 0; i < n; i++) {
              gradient[i] += share * pulled[i];
            }
            inner[0] = 0;
          });
    }
  }
}
