package io.solvegrad.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.docs.DocumentedProgram;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/spark.md, in a JVM of its own with executors in processes of theirs. */
@Tag("slow")
class SparkPageTest {

  @Test
  void programPrintsWhatThePageSays(@TempDir Path folder) throws Exception {
    List<DocumentedProgram> programs = DocumentedProgram.of(Path.of("../docs/spark.md"));
    assertEquals(1, programs.size());
    DocumentedProgram program = programs.getFirst();
    String classPath = System.getProperty("java.class.path");
    Path source = Files.writeString(folder.resolve(program.name() + ".java"), program.source());
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString());
    assertEquals(0, code, "compiles");
    Path printed = folder.resolve("printed");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                folder + File.pathSeparator + classPath,
                program.name(),
                folder.resolve("checkpoints").toString())
            .redirectOutput(printed.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertTrue(process.waitFor(400, TimeUnit.SECONDS), "ends");
    } finally {
      process.destroyForcibly();
    }
    String log = Files.readString(errors, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), log);
    assertEquals(program.output().strip(), Files.readString(printed).strip(), log);
  }
}
