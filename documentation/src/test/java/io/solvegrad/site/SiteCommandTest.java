package io.solvegrad.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteCommandTest {
  @TempDir Path folder;
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--root", folder.toString(), "--out", folder.resolve("site").toString()));
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return SiteCommand.execute(out, new PrintWriter(errors, true), all.toArray(String[]::new));
  }

  private void page(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String site(String name) throws IOException {
    return Files.readString(folder.resolve("site").resolve(name));
  }

  @Test
  void pagesAreLinkedAndListed() throws IOException {
    page(
        "docs/index.md",
        "# Home\n\n## Begin\n\n- [One & only](one.md)\n- [Other](../bench/OTHER.md)\n");
    page(
        "docs/one.md", "# One <1>\n\nSee [it](../bench/OTHER.md#a-part).\n\n|a|b|\n|-|-|\n|1|2|\n");
    page("bench/OTHER.md", "# Other\n\n## A part\n\n![picture](p.png) [up](../docs/one.md)\n");
    page("bench/p.png", "no real picture");
    assertEquals(0, run("--no-api"), errors::toString);
    assertTrue(site("one.html").contains("<a href=\"bench-other.html#a-part\">it</a>"));
    assertTrue(site("one.html").contains("<title>One &lt;1&gt; - Solvegrad</title>"));
    assertTrue(
        site("one.html").contains("<a href=\"one.html\" aria-current=\"page\">One &amp; only</a>"));
    assertTrue(site("bench-other.html").contains("src=\"files/bench/p.png\""));
    assertTrue(Files.exists(folder.resolve("site/files/bench/p.png")));
  }

  @Test
  void theTextIsTheMainPartAndPagesAreTheNavigation() throws IOException {
    page("docs/index.md", "# Home\n\n## Begin\n\n- [One](one.md)\n");
    page("docs/one.md", "# The first\n");
    assertEquals(0, run("--no-api"), errors::toString);
    String main = between(site("one.html"), "<main ", "</main>");
    assertTrue(main.contains(">The first</h1>"), main);
    String navigation = between(site("one.html"), "<nav ", "</nav>");
    assertTrue(navigation.contains("<h2>Begin</h2>") && !navigation.contains("<h1"), navigation);
    assertTrue(navigation.contains("<a href=\"one.html\""), navigation);
  }

  private static String between(String page, String start, String end) {
    return page.substring(page.indexOf(start), page.indexOf(end));
  }

  @Test
  void linksThatLeadNowhereAreNamed() throws IOException {
    page("docs/index.md", "# Home\n\n## Begin\n\n- [One](one.md)\n- [Two](two.md)\n");
    page("docs/one.md", "# One\n\n[part](two.md#no-part)\n");
    page("docs/two.md", "# Two\n");
    assertEquals(2, run("--no-api"));
    assertTrue(errors.toString().contains("one.html links to two.html#no-part"), errors::toString);
  }

  @Test
  void filesThatAreNotThereAreNamed() throws IOException {
    page("docs/index.md", "# Home\n\n## Begin\n\n- [One](one.md)\n");
    page("docs/one.md", "# One\n\n[code](../no/File.java)\n");
    assertEquals(2, run("--no-api"));
    assertTrue(errors.toString().contains("one.md links to ../no/File.java"), errors::toString);
  }

  @Test
  void aPageThatNobodyListsIsNamed() throws IOException {
    page("docs/index.md", "# Home\n\n## Begin\n\n- [One](one.md)\n");
    page("docs/one.md", "# One\n\n[hidden](hidden.md)\n");
    page("docs/hidden.md", "# Hidden\n");
    assertEquals(2, run("--no-api"));
    assertTrue(errors.toString().contains("hidden.md, which docs/index.md does not list"));
  }

  @Test
  void withoutPagesNothingIsMade() {
    assertEquals(2, run("--no-api"));
    assertTrue(errors.toString().contains("index.md"), errors::toString);
  }

  /** Javadoc and all: a link or an import that it cannot resolve fails here, not months later. */
  @Test
  void theSiteOfThisCheckoutIsWhole() throws IOException {
    StringWriter failures = new StringWriter();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int code =
        SiteCommand.execute(
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            new PrintWriter(failures, true),
            "--root",
            "..",
            "--out",
            folder.resolve("whole").toString());
    assertEquals(0, code, failures::toString);
    String index = Files.readString(folder.resolve("whole/api/index.html"));
    for (String name :
        List.of("io.solvegrad.ranking", "io.solvegrad.rambo", "io.solvegrad.spark")) {
      assertTrue(index.contains(name), name);
    }
  }
}
