package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.ScalarRankKernel;
import io.solvegrad.ranking.ScoreArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which kernel is taken, and rows that the fast ones leave to the reference. */
final class KernelChoiceTest {
  private static final boolean SIMD = KernelMode.SIMD.obstacle() == null;

  @AfterEach
  void forget() {
    System.clearProperty(KernelMode.PROPERTY);
  }

  private static KernelMode wished(String mode) {
    System.setProperty(KernelMode.PROPERTY, mode);
    return KernelMode.best();
  }

  @Test
  void property_forcesAMode() {
    assertEquals(KernelMode.SCALAR, wished("scalar"));
    assertEquals(KernelMode.PARALLEL, wished("parallel"));
    assertEquals(SIMD ? KernelMode.SIMD : KernelMode.PARALLEL, wished("auto"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> wished("fast")).getMessage();
    assertTrue(message.endsWith("must be auto, scalar, parallel or simd, but is fast"), message);
    if (!SIMD) {
      String cannot = assertThrows(IllegalStateException.class, () -> wished("simd")).getMessage();
      assertTrue(cannot.contains(KernelMode.FLAG), cannot);
      assertThrows(IllegalStateException.class, () -> KernelMode.SIMD.newKernel(1));
    }
  }

  @Test
  void modes_describeThemselves() {
    assertNull(KernelMode.SCALAR.obstacle());
    assertNull(KernelMode.PARALLEL.obstacle());
    String advice = SIMD ? "" : "; start Java with --add-modules jdk.incubator.vector for SIMD";
    assertEquals("Rank kernel: scalar" + advice, KernelMode.SCALAR.describe());
    assertEquals("Rank kernel: parallel" + advice, KernelMode.PARALLEL.describe());
    assertThrows(IllegalArgumentException.class, () -> KernelMode.PARALLEL.newKernel(0));
  }

  @Test
  void provider_offersTheBest() {
    KernelProvider provider = new KernelProvider();
    assertTrue(provider.priority() > 0);
    assertEquals(FloatRankKernel.class, provider.newKernel().getClass());
    double[] exponentials = {0, 1, 7};
    provider.exponentials().exp(exponentials, 2);
    assertEquals(Math.E, exponentials[1], 1e-12);
    assertEquals(provider.noise().getClass(), KernelMode.best().noise().getClass());
  }

  /** Double precision is the reference's business, whatever the kernel. */
  @Test
  void doubleRows_areRankedByTheReference() {
    double[] row = {0.5, Math.nextUp(0.5), 0.25, 2, -1, 0.5};
    int[] positions = {1, 4};
    double[] targets = {row[1], row[4]};
    double[] moved = {3, 0.5};
    RankKernel[] kernels = {new ScalarRankKernel(), KernelMode.PARALLEL.newKernel(1)};
    int[][] ranks = new int[2][6];
    int[][] ofTargets = new int[2][2];
    int[][] among = new int[2][2];
    double[][] gradients = new double[2][6];
    int[] changes = new int[2];
    for (int v = 0; v < 2; v++) {
      ScoreArray scores = ScoreArray.of(row);
      kernels[v].ranks(scores, 0, 6, ranks[v]);
      CandidateList list =
          CandidateList.of(scores, positions, targets, ScoreArray.of(gradients[v]));
      kernels[v].targetRanks(list, ofTargets[v], among[v]);
      changes[v] = kernels[v].addRankChange(list, moved, 2);
      assertEquals(-1, kernels[v].firstNaN(scores, 0, 6));
      assertEquals(1, kernels[v].firstNaN(ScoreArray.of(0, Double.NaN, 1), 0, 3));
    }
    assertArrayEquals(new int[] {3, 2, 5, 1, 6, 4}, ranks[1]);
    assertArrayEquals(ranks[0], ranks[1]);
    assertArrayEquals(new int[] {2, 6}, ofTargets[1]);
    assertArrayEquals(ofTargets[0], ofTargets[1]);
    assertArrayEquals(among[0], among[1]);
    assertArrayEquals(gradients[0], gradients[1]);
    assertTrue(changes[1] > 0);
    assertEquals(changes[0], changes[1]);
  }
}
