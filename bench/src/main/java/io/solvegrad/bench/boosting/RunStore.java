package io.solvegrad.bench.boosting;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What has been measured so far, kept in a file so that an interrupted comparison goes on where it
 * was: the metrics of each query by metric, by run.
 */
final class RunStore {
  private static final long SAVE_EVERY_NANOS = 5_000_000_000L;

  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private final Path file;
  private final Map<String, Map<String, double[]>> runs;
  private long saved = System.nanoTime();

  RunStore(Path file) throws IOException {
    this.file = file;
    runs =
        Files.exists(file)
            ? json.readValue(
                file.toFile(), new TypeReference<TreeMap<String, Map<String, double[]>>>() {})
            : new TreeMap<>();
  }

  /** What a run gave, measured unless it is known. */
  Map<String, double[]> get(String run, Supplier<Map<String, double[]>> measure)
      throws IOException {
    synchronized (this) {
      Map<String, double[]> known = runs.get(run);
      if (known != null) {
        return known;
      }
    }
    Map<String, double[]> measured = measure.get();
    synchronized (this) {
      runs.put(run, measured);
      if (System.nanoTime() - saved > SAVE_EVERY_NANOS) {
        save();
      }
    }
    return measured;
  }

  /** Never leaves half a file behind. */
  synchronized void save() throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    json.writeValue(part.toFile(), runs);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    saved = System.nanoTime();
  }
}
