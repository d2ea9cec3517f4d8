package io.solvegrad.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.Executable;

/**
 * A program in a process of its own, on the class path of this JVM.
 *
 * @param mainClass what is started
 * @param arguments of it
 */
public record JavaProgram(String mainClass, List<String> arguments) {
  private static final int LONGEST_SECONDS = 240;

  /** Runs the program to its end, which must be a good one, and returns what it prints. */
  public String run(Path folder) throws IOException, InterruptedException {
    Process process = start(folder);
    try {
      assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), () -> "ends: " + arguments);
    } finally {
      kill(process);
    }
    return printed(folder, process);
  }

  /**
   * What a program did.
   *
   * @param printed by it
   * @param processorTime that it had, on all processors together, to a tenth of a second
   */
  public record Outcome(String printed, Duration processorTime) {}

  /**
   * Runs the program until it has had some time of a processor, however long it has to wait for it,
   * or has come to its end by itself.
   *
   * @param stop asks the program to come to its end, which must be a good one
   */
  public Outcome run(Path folder, Duration processorTime, Executable stop) throws Throwable {
    Process process = start(folder);
    Duration had = Duration.ZERO;
    try {
      while (process.isAlive() && had.compareTo(processorTime) < 0) {
        Thread.sleep(100);
        // One that has just ended has none.
        had = process.info().totalCpuDuration().orElse(had);
      }
      stop.execute();
      assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), () -> "stops: " + arguments);
    } finally {
      kill(process);
    }
    return new Outcome(printed(folder, process), had);
  }

  private static String printed(Path folder, Process ended) throws IOException {
    String printed = Files.readString(folder.resolve("printed.txt"));
    assertEquals(0, ended.exitValue(), printed);
    return printed;
  }

  /**
   * Starts the program and kills it as {@code kill -9} does, with all that it has started.
   *
   * @param moment looked at every few milliseconds
   * @return whether it was killed; otherwise it had come to its end before
   */
  public boolean killWhen(Path folder, BooleanSupplier moment)
      throws IOException, InterruptedException {
    Process process = start(folder);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    try {
      while (process.isAlive() && !moment.getAsBoolean()) {
        assertTrue(System.nanoTime() < end, () -> "the moment comes: " + arguments);
        Thread.sleep(5);
      }
    } finally {
      kill(process);
    }
    return process.waitFor() == 137;
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Process start(Path folder) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-Xmx1g",
            "-Djava.awt.headless=true",
            "-Dai.djl.offline=true",
            // Natives that are unpacked under fixed names must not meet those of others.
            "-Djava.io.tmpdir=" + folder,
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            mainClass));
    words.addAll(arguments);
    return new ProcessBuilder(words)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("printed.txt").toFile())
        .start();
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
