package io.solvegrad.site;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.CommandFailures;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the documentation site. */
@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    description = "Makes the documentation site and looks whether all its links lead somewhere.",
    showDefaultValues = true)
public final class SiteCommand implements Callable<Integer> {
  private final PrintStream out;

  @Option(names = "--out", paramLabel = "DIR", description = "Takes the site.")
  private Path folder = Path.of("out", "docs");

  @Option(names = "--root", paramLabel = "DIR", description = "The checkout.")
  private Path root = Path.of("");

  @Option(
      names = "--no-api",
      description = "Leave the Javadoc as it is; for a look at the pages while writing.")
  private boolean withoutApi;

  private SiteCommand(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the command.
   *
   * @param arguments of the command line. Not modified.
   */
  public static void main(String[] arguments) {
    System.exit(execute(System.out, CommandFailures.writer(System.err), arguments));
  }

  static int execute(PrintStream out, PrintWriter err, String... arguments) {
    return CommandFailures.execute(new SiteCommand(out), err, arguments);
  }

  @Override
  public Integer call() throws Exception {
    CommandFailures.createFolder(folder);
    Contents contents = Contents.read(root.toAbsolutePath().normalize());
    new Site(contents, folder).write();
    if (!withoutApi) {
      ApiDocs.write(
          contents.root(), folder.resolve("api"), System.getProperty("java.class.path", ""));
    }
    LinkCheck check = new LinkCheck(folder.toAbsolutePath().normalize());
    List<String> broken = check.broken();
    if (!broken.isEmpty()) {
      throw new BadInputException(
          "%d links lead nowhere:%n%s".formatted(broken.size(), String.join("\n", broken)));
    }
    out.printf(
        "%d pages, %d links, all of which lead somewhere. Look at %s%n",
        contents.targets().size(), check.links(), folder.resolve("index.html"));
    return 0;
  }
}
