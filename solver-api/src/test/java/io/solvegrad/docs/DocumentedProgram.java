package io.solvegrad.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A complete program as it stands on a page of the documentation, with the output that the page
 * promises: the next block without a language after it. Compiled from the page itself, so that page
 * and program cannot part.
 *
 * @param name the public class
 * @param source the program
 * @param output what it prints
 */
public record DocumentedProgram(String name, String source, String output) {
  private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("public (?:final )?class (\\w+)");

  /** The programs of a page, in their order. */
  public static List<DocumentedProgram> of(Path page) throws IOException {
    List<DocumentedProgram> programs = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(page));
    String name = "";
    String source = "";
    while (block.find()) {
      Matcher type = CLASS.matcher(block.group(2));
      if (block.group(1).equals("java") && type.find()) {
        name = type.group(1);
        source = block.group(2);
      } else if (block.group(1).isEmpty() && !source.isEmpty()) {
        programs.add(new DocumentedProgram(name, source, block.group(2)));
        source = "";
      }
    }
    assertTrue(source.isEmpty(), page + " does not say what " + name + " prints");
    return programs;
  }

  /** Compiles and runs the program and compares what it prints. */
  public void check(Path folder, String... arguments) throws Exception {
    assertEquals(output.strip(), run(folder, arguments).strip(), "output of " + name);
  }

  /**
   * As {@link #check}, where other processors round otherwise: the same words, and numbers that
   * differ by no more than a tolerance.
   */
  public void checkNear(double tolerance, Path folder, String... arguments) throws Exception {
    Numbers.assertNear(output, run(folder, arguments), tolerance);
  }

  /** Compiles and runs the program on this JVM's class path and returns what it prints. */
  public String run(Path folder, String... arguments) throws Exception {
    Path file = folder.resolve(name + ".java");
    Files.writeString(file, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code =
        compiler.run(
            null,
            errors,
            errors,
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            file.toString());
    assertEquals(0, code, () -> errors.toString(StandardCharsets.UTF_8));
    URI classes = folder.toUri();
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toURL()});
        PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(capture);
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
