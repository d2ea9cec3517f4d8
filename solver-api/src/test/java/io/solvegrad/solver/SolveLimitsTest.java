package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SolveLimitsTest {
  private static SolverException refusal(SolveLimits limits) {
    return assertThrows(SolverException.class, limits::check);
  }

  @Test
  void none_isNeverReached() {
    SolveLimits none = SolveLimits.none();
    assertFalse(none.reached());
    assertEquals(Long.MAX_VALUE, none.nanosLeft());
    none.check();
  }

  @Test
  void deadline_comes() throws InterruptedException {
    SolveLimits day = SolveLimits.within(Duration.ofDays(1));
    Thread.sleep(2);
    long left = day.nanosLeft();
    assertTrue(left > 0 && left < Duration.ofDays(1).toNanos(), "left " + left);
    assertFalse(day.reached());
    day.check();
    SolveLimits moment = SolveLimits.within(Duration.ofNanos(1));
    Thread.sleep(2);
    assertEquals(0, moment.nanosLeft());
    assertTrue(moment.reached());
    SolverException over = refusal(moment);
    assertEquals(SolverException.Reason.TIME_LIMIT, over.reason());
    assertTrue(over.getMessage().contains("PT0.000000001S"), over.getMessage());
  }

  @Test
  void cancelling_isAskedEveryTime() {
    boolean[] stop = {false};
    SolveLimits both = SolveLimits.until(() -> stop[0]).and(Duration.ofDays(1));
    assertFalse(both.reached());
    both.check();
    stop[0] = true;
    assertTrue(both.reached());
    assertEquals(SolverException.Reason.CANCELLED, refusal(both).reason());
  }

  /** A long of nanoseconds ends after 292 years. */
  @Test
  void endlessDurations_areNoDeadline() {
    SolveLimits endless = SolveLimits.within(Duration.ofSeconds(Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, endless.nanosLeft());
    assertFalse(endless.reached());
    endless.check();
    long longest = SolveLimits.within(Duration.ofNanos(Long.MAX_VALUE - 1)).nanosLeft();
    assertTrue(longest < Long.MAX_VALUE && longest > Long.MAX_VALUE / 2, "left " + longest);
    boolean[] stop = {true};
    assertTrue(SolveLimits.until(() -> stop[0]).and(Duration.ofSeconds(Long.MAX_VALUE)).reached());
  }

  @Test
  void durations_arePositive() {
    for (Duration none : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> SolveLimits.within(none)).getMessage();
      assertTrue(message.contains("" + none), message);
    }
  }
}
