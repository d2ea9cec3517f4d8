package io.solvegrad.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.process.JavaProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done before a program goes belongs to work that is still going on. */
class InterruptionTest {
  @TempDir private Path folder;

  /** Does some work, and tells what becomes of it. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      try {
        Interruption.guard(() -> System.out.print("saved"), () -> work(arguments[0]));
      } catch (IOException | IllegalStateException e) {
        System.out.print(e.getMessage() + ", ");
      }
      System.out.print("over");
    }

    private static void work(String how) throws IOException {
      switch (how) {
        case "ends" -> System.out.print("done, ");
        case "fails" -> throw new IllegalStateException("failed");
        case "cannotRead" -> throw new IOException("unreadable");
        default -> System.exit(0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ends | done, over",
        "fails | failed, over",
        "cannotRead | unreadable, over",
        "isInterrupted | saved"
      })
  void onlyWorkThatIsInterrupted_isSaved(String how, String printed) throws Exception {
    assertEquals(printed, new JavaProgram(Program.class.getName(), List.of(how)).run(folder));
  }
}
