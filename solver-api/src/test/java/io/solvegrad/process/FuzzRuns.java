package io.solvegrad.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Lets every fuzz test of a class run until it has had a processor for the seconds of the system
 * property {@code fuzz.seconds}, each in a process of its own, which is what the fuzzer wants; with
 * {@code fuzz.only}, those whose whole name that regular expression matches. What it finds
 * interesting stays in {@code target/fuzz} for the next run; what breaks a reader is named there. A
 * line for each test goes to {@code target/fuzz/runs.md}. Of the profile {@code fuzz}.
 */
@Tag("fuzz")
public abstract class FuzzRuns {
  private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
  private static final Pattern COVERED = Pattern.compile("cov: (\\d+) ft: (\\d+)(?s:.*)\\z");

  private final Class<?> tests;

  /** Of a class whose methods without modifiers but void are fuzz tests. */
  protected FuzzRuns(Class<?> tests) {
    this.tests = tests;
  }

  @TestFactory
  Stream<DynamicTest> findsNothing() {
    List<String> names =
        Arrays.stream(tests.getDeclaredMethods())
            .filter(method -> isFuzzTest(method))
            .map(Method::getName)
            .sorted(Comparator.naturalOrder())
            .toList();
    assertFalse(names.isEmpty(), () -> tests + " has fuzz tests");
    String only = System.getProperty("fuzz.only", "");
    return names.stream()
        .filter(name -> only.isEmpty() || name.matches(only))
        .map(name -> dynamicTest(name, () -> fuzz(name)));
  }

  private static boolean isFuzzTest(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(a -> a.annotationType().getSimpleName().equals("FuzzTest"));
  }

  private void fuzz(String name) throws Throwable {
    int seconds = Integer.getInteger("fuzz.seconds", 20);
    Path corpus = Files.createDirectories(FOLDER.resolve("corpus").resolve(name));
    Path stop = FOLDER.resolve("stop-" + name);
    Files.deleteIfExists(stop);
    JavaProgram fuzzer =
        new JavaProgram(
            "com.code_intelligence.jazzer.Jazzer",
            List.of(
                "--target_class=" + tests.getName(),
                "--target_method=" + name,
                "--instrumentation_includes=io.solvegrad.**",
                "--reproducer_path=" + FOLDER,
                "-artifact_prefix=" + FOLDER + "/",
                // Instead of the fuzzer's own limit, which is five minutes unless told otherwise
                // and
                // counts the time in which others have the processor.
                "-max_total_time=" + Integer.MAX_VALUE,
                "-stop_file=" + stop,
                "-max_len=4096",
                // Generous: a machine that measures something may stop this process for a while.
                "-timeout=600",
                "-print_final_stats=1",
                corpus.toString()));
    JavaProgram.Outcome outcome =
        fuzzer.run(FOLDER, Duration.ofSeconds(seconds), () -> Files.writeString(stop, "enough"));
    Files.delete(stop);
    String printed = outcome.printed();
    assertTrue(
        outcome.processorTime().toSeconds() >= seconds,
        () -> "ended after " + outcome.processorTime() + ": " + printed);
    Matcher done = DONE.matcher(printed);
    assertTrue(done.find(), printed);
    Matcher covered = COVERED.matcher(printed.substring(printed.lastIndexOf("cov: ")));
    assertTrue(covered.find(), printed);
    long kept;
    try (Stream<Path> files = Files.list(corpus)) {
      kept = files.count();
    }
    Files.writeString(
        FOLDER.resolve("runs.md"),
        "| %s.%s | %d | %s | %s | %s | %d |%n"
            .formatted(
                tests.getPackageName().replaceFirst("io[.]solvegrad[.]", ""),
                name,
                outcome.processorTime().toSeconds(),
                done.group(2),
                done.group(1),
                covered.group(1),
                kept),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
