package io.solvegrad.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.solvegrad.docs.DocumentedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/fine-tuning.md makes the existing network better. */
class FineTuningPageTest {
  private static final Path NETWORK = Path.of("../../shared/data/icon-embedding");
  private static final Pattern LINE = Pattern.compile("(before|after) +hit rate@1 ([0-9.]+) .*");

  @Test
  @Tag("slow")
  void fineTuningRaisesTheHitRate(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.isReadable(NETWORK.resolve("icon-embedding.pt")),
        "the exported network does not lie beside the checkout: " + NETWORK);
    List<DocumentedProgram> programs = DocumentedProgram.of(Path.of("../docs/fine-tuning.md"));
    assertEquals(1, programs.size());
    String printed = programs.getFirst().run(folder, NETWORK.toString(), "80");
    double before = hitRate("before", printed);
    double after = hitRate("after", printed);
    assertTrue(after > before + 0.005, printed);
    // The number before does not depend on the training: the page shows the same.
    assertEquals(hitRate("before", programs.getFirst().output()), before, 0.002);
  }

  private static double hitRate(String when, String text) {
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      if (line.group(1).equals(when)) {
        return Double.parseDouble(line.group(2));
      }
    }
    throw new AssertionError("nothing %s in %s".formatted(when, text));
  }
}
