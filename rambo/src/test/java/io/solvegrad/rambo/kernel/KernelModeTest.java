package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What a JVM with certain flags chooses. The flags are the same in every mode, so one is enough.
 */
@EnabledIfSystemProperty(
    named = "solvegrad.testMode",
    matches = "simd",
    disabledReason = "starts JVMs of its own")
final class KernelModeTest {
  private static final String ADD_MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void sayHowToGetSimdWithoutTheModule() throws Exception {
    String line = run(0);
    assertTrue(
        line.contains("Rank kernel: parallel; start Java with --add-modules jdk.incubator.vector"),
        line);
  }

  @Test
  void stayScalarWithoutTheOptimisingCompiler() throws Exception {
    for (String flag : List.of("-XX:TieredStopAtLevel=1", "-Xint")) {
      String line = run(0, ADD_MODULE, flag);
      assertTrue(line.contains("Rank kernel: scalar; the JVM runs without its optimising"), line);
    }
  }

  @Test
  void failLoudlyWhenForcedInVain() throws Exception {
    String line = run(1, "-Dsolvegrad.kernel=simd");
    assertTrue(line.contains("solvegrad.kernel=simd cannot be had: start Java with"), line);
    line = run(1, ADD_MODULE, "-Xint", "-Dsolvegrad.kernel=simd");
    assertTrue(line.contains("without its optimising compiler"), line);
    line = run(1, "-Dsolvegrad.kernel=fast");
    assertTrue(line.contains("must be auto, scalar, parallel or simd, but is fast"), line);
  }

  @Test
  void obeyTheProperty() throws Exception {
    for (String mode : List.of("scalar", "parallel", "simd")) {
      String line = run(0, ADD_MODULE, "-Dsolvegrad.kernel=" + mode);
      assertTrue(line.contains("Rank kernel: " + mode), line);
    }
  }

  @Test
  void agreeOnNarrowVectors() throws Exception {
    if (System.getProperty("os.arch").equals("amd64")) {
      for (int level = 0; level <= 2; level++) {
        String line = run(0, ADD_MODULE, "-XX:UseAVX=" + level);
        assertTrue(line.contains("Rank kernel: simd, "), line);
      }
    }
    assertTrue(run(0, ADD_MODULE, "-XX:MaxVectorSize=16").contains("simd, 128 bits"));
  }

  /** Returns what the probe has printed. */
  private static String run(int exitCode, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(List.of(flags));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), KernelProbe.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(exitCode, process.waitFor(), printed);
    return printed;
  }
}
