package io.solvegrad.ranking;

import java.util.Comparator;
import java.util.ServiceLoader;

/**
 * Finds the best kernel that is on the class path: the scalar reference of this module, or what a
 * {@link Provider} offers.
 */
public final class RankKernels {
  private RankKernels() {}

  /** A module that brings kernels registers an implementation as a service. */
  public interface Provider {

    /**
     * {@return the priority: the provider with the largest number wins; the scalar reference has 0}
     */
    int priority();

    /** {@return new scratch for one thread} */
    RankKernel newKernel();

    /** {@return exponentials of rows, for any number of threads} */
    default ExponentialKernel exponentials() {
      return new ScalarExponentials();
    }

    /** {@return noise on scores, for any number of threads} */
    default NoiseKernel noise() {
      return new ScalarNoise();
    }
  }

  // Found once, on first use: initialising this class is what makes the choice.
  private static final class Holder {
    static final Provider BEST =
        ServiceLoader.load(Provider.class, RankKernels.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .max(Comparator.comparingInt(Provider::priority))
            .orElseGet(ScalarProvider::new);
    static final ExponentialKernel EXPONENTIALS = BEST.exponentials();
    static final NoiseKernel NOISE = BEST.noise();
  }

  private static final class ScalarProvider implements Provider {
    @Override
    public int priority() {
      return 0;
    }

    @Override
    public RankKernel newKernel() {
      return new ScalarRankKernel();
    }
  }

  /** {@return new scratch for one thread, of the best kernel there is} */
  public static RankKernel newKernel() {
    return Holder.BEST.newKernel();
  }

  /** {@return exponentials of rows, of the best kernel there is} */
  public static ExponentialKernel exponentials() {
    return Holder.EXPONENTIALS;
  }

  /** {@return noise on scores, of the best kernel there is} */
  public static NoiseKernel noise() {
    return Holder.NOISE;
  }
}
