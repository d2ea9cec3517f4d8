package io.solvegrad.site;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.process.JavaProgram;
import io.solvegrad.process.WholeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command docs, killed in the middle and started again. */
@Tag("slow")
class KilledSiteTest {
  @TempDir private Path folder;

  private JavaProgram docs() {
    List<String> arguments =
        List.of("--root", Path.of("..").toAbsolutePath().normalize().toString(), "--out", "site");
    return new JavaProgram("io.solvegrad.site.SiteCommand", arguments);
  }

  @Test
  void pagesAreWholeAndTheNextRunMendsTheRest() throws Exception {
    Path site = folder.resolve("site");
    BooleanSupplier oneAndThen = () -> Files.exists(site.resolve("site.css"));
    assertTrue(docs().killWhen(folder, oneAndThen));
    WholeFiles.check(site);
    // Javadoc writes its files as it goes along: what it leaves is mended by the next run alone.
    assertTrue(docs().killWhen(folder, () -> Files.exists(site.resolve("api"))));
    String printed = docs().run(folder);
    assertTrue(printed.contains("all of which lead somewhere"), printed);
    assertTrue(WholeFiles.check(site) > 100);
  }
}
