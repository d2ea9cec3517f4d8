package io.solvegrad.site;

import io.solvegrad.example.BadInputException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The Javadoc of the library modules, as one tree. */
final class ApiDocs {
  /** Modules that others build on; examples and measurements have no API. */
  static final List<String> LIBRARIES =
      List.of(
          "solver-api",
          "rambo",
          "smooth-relaxations",
          "combinatorial-solvers",
          "evaluation",
          "djl-integration",
          "xgboost-integration",
          "lightgbm-integration",
          "ejml-integration",
          "spark-integration");

  private ApiDocs() {}

  /** Runs the javadoc of this JVM; everything but its errors is silent. */
  static void write(Path root, Path out, String classPath) throws IOException {
    ToolProvider javadoc =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new BadInputException("This JVM has no javadoc; a JDK has."));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-quiet",
                "-notimestamp",
                "-Xdoclint:none",
                "--add-modules",
                "jdk.incubator.vector",
                "-windowtitle",
                "Solvegrad",
                "-d",
                out.toString(),
                "-classpath",
                classPath));
    for (String module : LIBRARIES) {
      arguments.addAll(sources(root.resolve(module).resolve("src/main/java")));
    }
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    if (javadoc.run(writer, writer, arguments.toArray(String[]::new)) != 0) {
      throw new IOException("javadoc failed:\n" + printed);
    }
  }

  private static List<String> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          // Kernels are not API.
          .filter(file -> !file.toString().contains(File.separator + "kernel" + File.separator))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }
}
