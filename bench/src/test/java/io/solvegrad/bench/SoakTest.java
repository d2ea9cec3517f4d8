package io.solvegrad.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trains for so long that what grows or drifts would show. */
final class SoakTest {
  private static final int SAMPLES = 20;
  private static final int PREFIX = 300;
  // Of 100,000 steps it would make 100 kB: no step keeps as much as a bit of anything.
  private static final double MOST_BYTES_PER_STEP = 1;

  /** Memory in use after a collection. */
  private record Sample(int steps, long heap, long elsewhere) {
    static Sample after(int steps) {
      MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
      // What the first finds unreachable may still have to be enqueued before it is gone.
      memory.gc();
      memory.gc();
      return new Sample(
          steps, memory.getHeapMemoryUsage().getUsed(), memory.getNonHeapMemoryUsage().getUsed());
    }
  }

  /** What came of a run: its digest early and at the end, mean losses by twentieths, memory. */
  private record Run(long early, long digest, double[][] losses, List<Sample> samples) {
    static Run of(int steps) {
      SoakLoop loop = new SoakLoop();
      long early = 0;
      double[][] losses = new double[SAMPLES][];
      List<Sample> samples = new ArrayList<>();
      for (int part = 0; part < SAMPLES; part++) {
        losses[part] = mean(loop, steps / SAMPLES);
        samples.add(Sample.after((part + 1) * (steps / SAMPLES)));
        if (part == 0) {
          early = loop.digest();
        }
      }
      return new Run(early, loop.digest(), losses, samples);
    }

    /** Bytes of heap a step, by least squares, after the first quarter. */
    double slope() {
      SimpleRegression line = new SimpleRegression();
      for (Sample sample : samples.subList(SAMPLES / 4, SAMPLES)) {
        line.addData(sample.steps, sample.heap);
      }
      return line.getSlope();
    }

    String table() {
      StringBuilder text =
          new StringBuilder(
              "| steps | heap after collection, kB | elsewhere in the"
                  + " JVM, kB | recall loss | AP loss | path loss |\n|---|---|---|---|---|---|\n");
      for (int part = 0; part < SAMPLES; part++) {
        Sample sample = samples.get(part);
        double[] mean = losses[part];
        text.append(
            "| %d | %d | %d | %.3f | %.3f | %.3f |%n"
                .formatted(
                    sample.steps,
                    sample.heap / 1000,
                    sample.elsewhere / 1000,
                    mean[0],
                    mean[1],
                    mean[2]));
      }
      return text.toString();
    }
  }

  @Test
  void sameStepsGiveTheSameBits() {
    SoakLoop loop = new SoakLoop();
    double[] first = mean(loop, PREFIX);
    long digest = loop.digest();
    double[] last = mean(loop, PREFIX);
    assertNotEquals(digest, loop.digest());
    for (int loss = 0; loss < first.length; loss++) {
      assertTrue(last[loss] < first[loss], "loss " + loss + " learns");
    }
    SoakLoop again = new SoakLoop();
    mean(again, PREFIX);
    assertEquals(digest, again.digest());
  }

  private static double[] mean(SoakLoop loop, int steps) {
    double[] sum = new double[3];
    for (int step = 0; step < steps; step++) {
      double[] own = loop.step();
      Arrays.setAll(sum, t -> sum[t] + own[t] / steps);
    }
    return sum;
  }

  @Test
  @Tag("slow")
  void manySteps_keepNothingAndChangeNothing() throws IOException {
    int steps = Integer.getInteger("soak.steps", 100_000);
    Run first = Run.of(steps);
    Run second = Run.of(steps);
    Files.writeString(
        Path.of("target", "soak.md"),
        "%s%nThe heap grows by %.3f bytes a step, in a second run by %.3f. Digests %016x, %016x.%n"
            .formatted(
                first.table(), first.slope(), second.slope(), first.digest(), second.digest()));
    assertEquals(first.digest(), second.digest());
    SoakLoop beginning = new SoakLoop();
    mean(beginning, steps / SAMPLES);
    assertEquals(first.early(), beginning.digest(), "a longer run begins as a shorter one");
    assertTrue(Math.abs(first.slope()) < MOST_BYTES_PER_STEP, first::table);
    assertTrue(Math.abs(second.slope()) < MOST_BYTES_PER_STEP, second::table);
  }
}
