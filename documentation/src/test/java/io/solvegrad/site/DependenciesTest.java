package io.solvegrad.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every library that a module asks for is justified in ARCHITECTURE.md, and nothing else. */
class DependenciesTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*(?:<!--(?s:.*?)-->\\s*)?<groupId>([^<]+)</groupId>\\s*"
              + "<artifactId>([^<]+)</artifactId>");
  private static final Pattern NAMED = Pattern.compile("`([^`]+)`");

  @Test
  void everyDependencyIsJustified() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> folders = Files.list(Path.of(".."))) {
      for (Path folder : folders.toList()) {
        Path pom = folder.resolve("pom.xml");
        if (Files.exists(pom) && !folder.endsWith("consumer") && !folder.endsWith("bom")) {
          read(Files.readString(pom), used);
        }
      }
    }
    read(Files.readString(Path.of("../pom.xml")), used);
    String page = Files.readString(Path.of("../ARCHITECTURE.md"));
    Set<String> justified = new TreeSet<>();
    page.substring(page.indexOf("## Dependencies"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> NAMED.matcher(line.substring(0, line.indexOf(" | ", 2))))
        .forEach(names -> names.results().forEach(name -> justified.add(name.group(1))));
    assertTrue(justified.size() > 25, justified::toString);
    assertEquals(used, justified);
  }

  private static void read(String pom, Set<String> used) {
    Matcher dependency = DEPENDENCY.matcher(pom);
    while (dependency.find()) {
      String name = dependency.group(2);
      if (!dependency.group(1).startsWith("io.solvegrad")
          && !dependency.group(1).startsWith("org.pitest")) {
        used.add(name.matches("ikonli-.*-pack") ? "ikonli-*-pack" : name);
      }
    }
  }
}
