package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every program of the page about solvers is run as it stands and prints what stands below it. */
class SolverPageTest {
  private static final Path PAGE = Path.of("..", "docs", "solvers.md");
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n// (\\w+\\.java)\n(.*?)```\\s+```text\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> programs(@TempDir Path folder) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    String page = Files.readString(PAGE);
    Matcher program = PROGRAM.matcher(page);
    while (program.find()) {
      String name = program.group(1);
      Path file = Files.writeString(folder.resolve(name), program.group(2));
      String expected = program.group(3);
      tests.add(dynamicTest(name, () -> assertEquals(expected, run(file))));
    }
    assertEquals(page.split("```java", -1).length - 1, tests.size(), "each with its output");
    return tests.stream();
  }

  private static String run(Path file) throws IOException, InterruptedException {
    Path out = file.resolveSibling("out.txt");
    Path errors = file.resolveSibling("errors.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dai.djl.offline=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                file.toString())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    return Files.readString(out)
        + (ended && process.exitValue() == 0 ? "" : "failed: " + Files.readString(errors));
  }
}
