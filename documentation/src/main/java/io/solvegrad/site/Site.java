package io.solvegrad.site;

import static io.solvegrad.example.report.Html.escape;

import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.commonmark.node.Document;

/** Writes the pages. Links between Markdown files become links between pages. */
final class Site {
  private final Contents contents;
  private final Path out;

  Site(Contents contents, Path out) {
    this.contents = contents;
    this.out = out;
  }

  /** Writes all pages and the pictures that they show. */
  void write() throws IOException {
    AtomicFiles.write(out.resolve("site.css"), css());
    for (Map.Entry<Path, String> page : contents.targets().entrySet()) {
      Document document = Markdown.parse(Files.readString(page.getKey()));
      String title = Markdown.title(document);
      String body = Markdown.html(document, link -> translate(page.getKey(), link));
      AtomicFiles.write(out.resolve(page.getValue()), html(title, page.getValue(), body));
    }
  }

  private static String css() throws IOException {
    try (InputStream in = Site.class.getResourceAsStream("site.css")) {
      if (in == null) {
        throw new FileNotFoundException("site.css is missing beside its class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Where a link of a Markdown file leads on the site. */
  private String translate(Path page, String link) {
    if (link.startsWith("#") || link.contains(":") || link.startsWith("api/")) {
      return link;
    }
    int fragment = link.indexOf('#');
    String path = fragment < 0 ? link : link.substring(0, fragment);
    Path file = page.resolveSibling(path).normalize();
    String target = contents.targets().get(file);
    if (target != null) {
      return fragment < 0 ? target : target + link.substring(fragment);
    }
    if (!Files.isRegularFile(file) || !file.startsWith(contents.root())) {
      throw new BadInputException("%s links to %s, which is not there.".formatted(page, link));
    }
    if (path.endsWith(".md")) {
      throw new BadInputException(
          "%s links to %s, which docs/index.md does not list.".formatted(page, link));
    }
    return copied(file);
  }

  private String copied(Path file) {
    String target = "files/" + contents.root().relativize(file).toString().replace('\\', '/');
    try {
      byte[] content = Files.readAllBytes(file);
      AtomicFiles.write(out.resolve(target), stream -> stream.write(content));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return target;
  }

  private String html(String title, String target, String body) {
    StringBuilder navigation = new StringBuilder();
    for (Contents.Group group : contents.groups()) {
      navigation.append("<h2>").append(escape(group.title())).append("</h2>\n<ul>\n");
      for (Contents.Entry entry : group.entries()) {
        navigation.append(
            "<li><a href=\"%s\"%s>%s</a></li>\n"
                .formatted(
                    escape(entry.target()),
                    entry.target().equals(target) ? " aria-current=\"page\"" : "",
                    escape(entry.title())));
      }
      navigation.append("</ul>\n");
    }
    String whole = target.equals("index.html") ? title : title + " - Solvegrad";
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <link rel="stylesheet" href="site.css">
    </head>
    <body>
    <a class="skip" href="#content">Skip to the text</a>
    <header>
    <a class="home" href="index.html"%s>Solvegrad</a>
    <a class="pages" href="#pages">All pages</a>
    </header>
    <main id="content">
    %s</main>
    <nav id="pages" aria-label="Pages">
    %s</nav>
    </body>
    </html>
    """
        .formatted(
            escape(whole),
            target.equals("index.html") ? " aria-current=\"page\"" : "",
            body,
            navigation);
  }
}
