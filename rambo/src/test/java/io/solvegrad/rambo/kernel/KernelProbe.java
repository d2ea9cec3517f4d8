package io.solvegrad.rambo.kernel;

import io.solvegrad.ranking.RankKernel;
import java.util.Random;

/** Started in a JVM of its own: says which kernel that JVM chooses and checks it on short rows. */
final class KernelProbe {
  private KernelProbe() {}

  public static void main(String[] args) {
    KernelMode mode = KernelMode.best();
    RankKernel kernel = mode.newKernel(1);
    for (int n = 0; n < 140; n += 3) {
      for (KernelCases.Pattern pattern : KernelCases.Pattern.values()) {
        Random random = new Random(n);
        float[] row = KernelCases.row(pattern, n, random);
        for (int targets : new int[] {1, 2, 3, 4, 9, n / 2}) {
          if (targets <= n && n > 0) {
            KernelCases.of(row, targets, KernelCases.Move.MIXED, random)
                .check(mode.toString(), kernel);
          }
        }
      }
    }
    System.out.println(mode.describe());
  }
}
