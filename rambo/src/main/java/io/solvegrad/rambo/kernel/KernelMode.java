package io.solvegrad.rambo.kernel;

import io.solvegrad.ranking.ExponentialKernel;
import io.solvegrad.ranking.NoiseKernel;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.ScalarExponentials;
import io.solvegrad.ranking.ScalarNoise;
import io.solvegrad.ranking.ScalarRankKernel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of rank kernel, and whether this JVM can run them well. */
public enum KernelMode {
  /** The reference of solver-api: every precision, every machine. */
  SCALAR,
  /** Plain Java for single precision, with threads for rows of a million. */
  PARALLEL,
  /** The same with the Vector API where vectors pay. */
  SIMD;

  /** The system property that forces a mode: auto, scalar, parallel or simd. */
  public static final String PROPERTY = "solvegrad.kernel";

  static final String FLAG = "--add-modules jdk.incubator.vector";
  private static final String MODULE = "jdk.incubator.vector";

  /**
   * {@return the mode that the system property asks for, or the best one for this JVM}
   *
   * @throws IllegalArgumentException if the property has an unknown value
   * @throws IllegalStateException if it forces a mode that cannot run here, saying why
   */
  public static KernelMode best() {
    String wish = System.getProperty(PROPERTY, "auto");
    if (!wish.equals("auto")) {
      return forced(wish);
    }
    if (SIMD.obstacle() == null) {
      return SIMD;
    }
    return withoutOptimiser() ? SCALAR : PARALLEL;
  }

  private static KernelMode forced(String wish) {
    for (KernelMode mode : values()) {
      if (mode.toString().equals(wish)) {
        String obstacle = mode.obstacle();
        if (obstacle != null) {
          throw new IllegalStateException(
              "%s=%s cannot be had: %s".formatted(PROPERTY, wish, obstacle));
        }
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "%s must be auto, scalar, parallel or simd, but is %s".formatted(PROPERTY, wish));
  }

  /** {@return why this JVM cannot run the mode, as advice, or null if it can} */
  public @Nullable String obstacle() {
    if (this != SIMD) {
      return null;
    }
    // Nothing here may name a type of the Vector API: this class must load without it.
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "start Java with " + FLAG + " for SIMD";
    }
    if (withoutOptimiser()) {
      return "the JVM runs without its optimising compiler (%s)".formatted(vmInfo());
    }
    int bits = VectorLoops.bits();
    return bits < 128 ? "the machine has vectors of %d bits only".formatted(bits) : null;
  }

  /**
   * Under C1 alone and in the interpreter the Vector API is hundreds of times slower than scalars.
   */
  private static boolean withoutOptimiser() {
    String info = vmInfo();
    return info.contains("emulated-client") || info.contains("interpreted");
  }

  private static String vmInfo() {
    return System.getProperty("java.vm.info", "");
  }

  /**
   * {@return new scratch for one thread}
   *
   * @param threads how many threads may work on one long row, if its list allows no more
   * @throws IllegalArgumentException if threads is less than 1
   * @throws IllegalStateException if this JVM cannot run the mode
   */
  public RankKernel newKernel(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + threads);
    }
    String obstacle = obstacle();
    if (obstacle != null) {
      throw new IllegalStateException(this + " cannot be had: " + obstacle);
    }
    return switch (this) {
      case SCALAR -> new ScalarRankKernel();
      case PARALLEL -> new FloatRankKernel(PlainLoops::new, null, threads);
      case SIMD -> new FloatRankKernel(VectorLoops::new, VectorLoops::new, threads);
    };
  }

  /** {@return exponentials of rows in this mode, for any number of threads} */
  public ExponentialKernel exponentials() {
    return this == SIMD && obstacle() == null && VectorExponentials.suits()
        ? new VectorExponentials()
        : new ScalarExponentials();
  }

  /** {@return noise on scores in this mode, for any number of threads} */
  public NoiseKernel noise() {
    return this == SIMD && obstacle() == null ? new VectorNoise() : new ScalarNoise();
  }

  /** {@return one line about the mode: its name, the width, and how to get SIMD when it is off} */
  public String describe() {
    if (this == SIMD) {
      return "Rank kernel: simd, %d bits".formatted(VectorLoops.bits());
    }
    String obstacle = SIMD.obstacle();
    return "Rank kernel: %s%s".formatted(this, obstacle == null ? "" : "; " + obstacle);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
