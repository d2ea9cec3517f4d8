package io.solvegrad.bench.boosting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BoostCommandTest {
  @TempDir private Path folder;

  @Test
  void comparesAndGoesOnWhereItWas() throws IOException {
    writeData();
    String first = run("--data", folder.toString(), "--out", folder.toString());
    assertTrue(first.contains("| XGBoost rank:ndcg |"), first);
    assertTrue(first.contains("| XGBoost our NDCG |"), first);
    assertTrue(first.contains("tuned for recall@5"), first);
    Path runs = folder.resolve("runs.json");
    String measured = Files.readString(runs);
    assertTrue(measured.contains("fold 4: XGBoost our NDCG"), "the folds are kept");
    assertEquals(first, run("--data", folder.toString(), "--out", folder.toString()));
    assertEquals(measured, Files.readString(runs));
  }

  @Test
  void namesTheFileThatIsMissing() {
    StringWriter errors = new StringWriter();
    int code =
        new CommandLine(new BoostCommand())
            .setErr(new PrintWriter(errors))
            .execute("--data", folder.toString(), "--out", folder.toString());
    assertEquals(2, code);
    assertTrue(errors.toString().contains("has no file rank.train"), errors.toString());
  }

  private String run(String... more) {
    String[] all = new String[more.length + 8];
    System.arraycopy(more, 0, all, 0, more.length);
    String[] small = {
      "--rounds", "3", "--depth", "2", "--columns", "4", "--only", "XGBoost.*(ndcg|NDCG)"
    };
    System.arraycopy(small, 0, all, more.length, 8);
    StringWriter out = new StringWriter();
    assertEquals(0, new CommandLine(new BoostCommand()).setOut(new PrintWriter(out)).execute(all));
    return out.toString();
  }

  private void writeData() throws IOException {
    Random random = new Random(1);
    for (String name : new String[] {"rank.train", "rank.test"}) {
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 20 * 6; i++) {
        double feature = random.nextDouble();
        rows.append(
            String.format(
                Locale.ROOT,
                "%d 1:%.3f 3:%.3f%n",
                (int) (4 * feature),
                feature,
                random.nextDouble()));
      }
      Files.writeString(folder.resolve(name), rows);
      Files.writeString(folder.resolve(name + ".query"), "6\n".repeat(20));
    }
  }
}
