package io.solvegrad.example.training;

import io.solvegrad.example.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options for saved models; to be mixed into those of a command. */
public final class ModelOptions {

  /** Options that a saved model does not decide. */
  private static final Set<String> FREE =
      Set.of(
          "--data",
          "--out",
          "--resume",
          "--evaluate",
          "--epochs",
          "--steps",
          "--seconds",
          "--stop-after");

  @Option(
      names = "--evaluate",
      paramLabel = "MODEL",
      description = "Measure a saved model.zip instead of training.")
  private @Nullable Path evaluated;

  @Option(
      names = "--resume",
      paramLabel = "MODEL",
      description =
          "Continue a saved model.zip with its settings. With a budget of steps or epochs the outcome"
              + " equals that of a run without interruption.")
  private @Nullable Path resumed;

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      description = "Stop after N steps as if interrupted; continue with --resume.")
  private long stopAfter = Long.MAX_VALUE;

  /** For picocli. */
  public ModelOptions() {}

  /**
   * {@return the model to start from, or null for a new one}
   *
   * @param given what the command line holds
   * @throws BadInputException if there is no such file, or options would change its settings
   */
  public @Nullable Path file(ParseResult given) {
    if (evaluated != null && resumed != null) {
      throw new BadInputException("Give only one of --evaluate and --resume.");
    }
    Path file = evaluated != null ? evaluated : resumed;
    if (file == null) {
      return null;
    }
    given.matchedOptions().stream()
        .map(option -> option.longestName())
        .filter(name -> !FREE.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new BadInputException(
              name + " cannot be changed: a saved model keeps its settings.");
        });
    if (!Files.isRegularFile(file)) {
      throw new BadInputException("There is no model " + file + ".");
    }
    return file;
  }

  /** {@return whether the model is only measured} */
  public boolean isEvaluation() {
    return evaluated != null;
  }

  /** {@return the number of steps after which to stop as if interrupted} */
  public long stopAfter() {
    return stopAfter;
  }
}
