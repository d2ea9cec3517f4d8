package io.solvegrad.example;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How the commands of the examples end: 0, 2 for bad input with a sentence, 1 for a failure. */
public final class CommandFailures {
  private static final int BAD_INPUT = 2;

  private CommandFailures() {}

  /**
   * Runs a command.
   *
   * @param command a picocli command
   * @param err takes the sentences
   * @param arguments of the command line. Not modified.
   * @return the exit code
   */
  public static int execute(Callable<Integer> command, PrintWriter err, String... arguments) {
    return new CommandLine(command)
        .setErr(err)
        .setParameterExceptionHandler(CommandFailures::refuse)
        .setExecutionExceptionHandler((failure, line, result) -> fail(failure, line))
        .execute(arguments);
  }

  /**
   * The error stream as picocli wants it.
   *
   * @param stream for example {@code System.err}
   * @return a writer that flushes after each line
   */
  public static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /**
   * The sentence for arguments that cannot be understood.
   *
   * @param failure what picocli says
   * @return the sentence
   */
  public static String sentence(ParameterException failure) {
    Throwable cause = failure.getCause();
    return String.valueOf(
        cause instanceof BadInputException ? cause.getMessage() : failure.getMessage());
  }

  /**
   * Reads options that stand in another option or in a file. One that is given again replaces what
   * was given before.
   *
   * @param options an object with picocli's annotations. Modified.
   * @param words the words of the options. Not modified.
   * @throws BadInputException if they cannot be understood
   */
  public static void parse(Object options, List<String> words) {
    try {
      new CommandLine(options)
          .setOverwrittenOptionsAllowed(true)
          .parseArgs(words.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new BadInputException(sentence(e), e);
    }
  }

  private static int refuse(ParameterException failure, String[] arguments) {
    failure.getCommandLine().getErr().println(sentence(failure) + " (--help lists the options)");
    return BAD_INPUT;
  }

  private static int fail(Exception failure, CommandLine line) {
    if (failure instanceof BadInputException || failure instanceof IllegalArgumentException) {
      line.getErr().println(failure.getMessage());
      return BAD_INPUT;
    }
    if (failure instanceof IOException) {
      line.getErr().println("A file cannot be written: " + failure.getMessage());
      return 1;
    }
    failure.printStackTrace(line.getErr());
    return 1;
  }

  /**
   * Makes a folder for results.
   *
   * @param folder to be made, with its parents
   * @throws BadInputException if it cannot be made or written to
   */
  public static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInputException(
          "The folder %s cannot be made: %s.".formatted(folder, e.getMessage()), e);
    }
    if (!Files.isWritable(folder)) {
      throw new BadInputException("The folder %s cannot be written to.".formatted(folder));
    }
  }
}
