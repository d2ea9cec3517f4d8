package io.solvegrad.example.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PairedTestTest {
  private static final double[] REFERENCE = {0.50, 0.52, 0.49, 0.51, 0.53};

  @Test
  void knowsATextbookPairedTest() {
    // Differences .01 .03 .02 .02 .02: mean .02, deviation sqrt(.0002 / 4), t = 6.3246, 4 degrees.
    PairedTest test = PairedTest.of(REFERENCE, new double[] {0.51, 0.55, 0.51, 0.53, 0.55});
    assertEquals(0.02, test.difference(), 1e-12);
    assertEquals(Math.sqrt(0.00005), test.deviation(), 1e-12);
    assertEquals(0.003198, test.tTest(), 1e-5);
    // All five differences have one sign: 2 of 2^5 signs are as extreme.
    assertEquals(2.0 / 32, test.signedRank(), 1e-12);
  }

  @Test
  void isExactForEightSeedsOfWhichOneGoesTheOtherWay() {
    double[] reference = new double[8];
    double[] own = {-0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08};
    // The negative difference has rank 1: of 2^8 signs, 2 on each side are as extreme.
    assertEquals(4.0 / 256, PairedTest.of(reference, own).signedRank(), 1e-12);
  }

  /** Six of one sign, two without any: 2 of 2^6 signs are as extreme, either way round. */
  @Test
  void leavesOutSeedsWithoutDifference() {
    double[] own = {0, 0.02, 0.03, 0.04, 0.05, 0, 0.07, 0.08};
    assertEquals(2.0 / 64, PairedTest.of(new double[8], own).signedRank(), 1e-12);
    assertEquals(2.0 / 64, PairedTest.of(own, new double[8]).signedRank(), 1e-12);
  }

  /** Rank sums 3 and 3 are the middle of the distribution: all 2^3 signs are as extreme. */
  @Test
  void isAtMostOneWhereSignsBalance() {
    PairedTest test = PairedTest.of(new double[3], new double[] {0.01, 0.02, -0.03});
    assertEquals(1, test.signedRank());
  }

  @Test
  void isDefinedWhereNothingVaries() {
    PairedTest same = PairedTest.of(REFERENCE, REFERENCE.clone());
    assertEquals(0, same.difference());
    assertEquals(1, same.tTest());
    assertEquals(1, same.signedRank());
    assertEquals(0, PairedTest.deviation(0.5));
    assertEquals(Math.sqrt(0.00025), PairedTest.deviation(REFERENCE), 1e-12);
  }

  @Test
  void correctsForSeveralTests() {
    // .01 x 4, .02 x 3, then .03 x 2 = .06 and .04 x 1, which must not fall below it.
    assertArrayEquals(
        new double[] {0.06, 0.04, 0.06, 0.06}, PairedTest.holm(0.03, 0.01, 0.04, 0.02), 1e-15);
    assertArrayEquals(new double[] {1, 1}, PairedTest.holm(0.9, 0.8), 0);
    assertEquals(0, PairedTest.holm().length);
  }

  @Test
  void refusesOtherSeeds() {
    assertThrows(
        IllegalArgumentException.class, () -> PairedTest.of(REFERENCE, new double[] {0.5}));
    assertThrows(
        IllegalArgumentException.class,
        () -> PairedTest.of(new double[] {0.5}, new double[] {0.5}));
  }
}
