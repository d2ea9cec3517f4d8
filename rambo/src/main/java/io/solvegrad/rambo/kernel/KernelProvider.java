package io.solvegrad.rambo.kernel;

import io.solvegrad.ranking.ExponentialKernel;
import io.solvegrad.ranking.NoiseKernel;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.RankKernels;
import org.jspecify.annotations.Nullable;

/** Offers the best kernel of this package to every loss; found as a service. */
public final class KernelProvider implements RankKernels.Provider {
  private @Nullable KernelMode chosen;

  /** For the service loader. */
  public KernelProvider() {}

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public RankKernel newKernel() {
    return choose().newKernel(1);
  }

  @Override
  public ExponentialKernel exponentials() {
    return choose().exponentials();
  }

  @Override
  public NoiseKernel noise() {
    return choose().noise();
  }

  private synchronized KernelMode choose() {
    KernelMode mode = chosen;
    if (mode == null) {
      mode = KernelMode.best();
      chosen = mode;
      System.getLogger("io.solvegrad.rambo").log(System.Logger.Level.INFO, mode.describe());
    }
    return mode;
  }
}
