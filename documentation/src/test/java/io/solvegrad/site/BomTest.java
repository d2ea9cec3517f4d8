package io.solvegrad.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What has no parent to take the version from names the same one. */
class BomTest {
  private static final Pattern MODULE =
      Pattern.compile("<artifactId>solvegrad-([a-z-]+)</artifactId>");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final Pattern WANTED = Pattern.compile("<solvegrad.version>([^<]+)<");

  private static String pom(String folder) throws IOException {
    return Files.readString(Path.of("..", folder, "pom.xml"));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  @Test
  void theBomNamesTheLibraries() throws IOException {
    List<String> named = all(MODULE, pom("bom"));
    assertEquals("bom", named.getFirst());
    assertEquals(ApiDocs.LIBRARIES, named.subList(1, named.size()));
  }

  @Test
  void versionsAgree() throws IOException {
    String version = all(VERSION, pom(".")).getFirst();
    assertEquals(version, all(VERSION, pom("bom")).getFirst());
    assertEquals(List.of(version), all(WANTED, pom("consumer")));
    String page = Files.readString(Path.of("../docs/publishing.md"));
    assertTrue(page.contains("<version>" + version + "</version>"));
  }
}
