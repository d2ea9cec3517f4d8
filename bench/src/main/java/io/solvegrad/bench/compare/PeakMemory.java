package io.solvegrad.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The largest resident memory of this process since the last reset, as Linux counts it. */
final class PeakMemory {
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private PeakMemory() {}

  /** Begins anew, garbage collected; does nothing where there is no such count. */
  static void reset() {
    System.gc();
    try {
      Files.writeString(CLEAR, "5");
    } catch (IOException e) {
      // Then the peak is that of the whole process, or unknown.
      return;
    }
  }

  /** Megabytes, or null where the system does not tell. */
  static @Nullable Double megabytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(PEAK)) {
          return Double.parseDouble(line.substring(PEAK.length()).replace("kB", "").strip()) / 1024;
        }
      }
    } catch (IOException e) {
      return null;
    }
    return null;
  }
}
