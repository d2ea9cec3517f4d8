package io.solvegrad.example.report;

import static io.solvegrad.example.report.Html.escape;

import io.solvegrad.example.AtomicFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An HTML page that needs no other file and no script: a heading, a summary and sections. */
public final class Page {
  private final StringBuilder html = new StringBuilder();

  /**
   * Begins a page.
   *
   * @param title its heading, plain text
   * @param summary what was run and what came out, in a sentence or two of plain text
   * @throws IOException if the style sheet cannot be read
   */
  public Page(String title, String summary) throws IOException {
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        <h1>%1$s</h1>
        <p>%3$s</p>
        </header>
        <main>
        """
            .formatted(escape(title), css(), escape(summary)));
  }

  private static String css() throws IOException {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new FileNotFoundException("report.css is missing beside its class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Adds a section.
   *
   * @param heading its heading, plain text
   * @param content its HTML
   * @return this page
   */
  public Page section(String heading, CharSequence content) {
    html.append("<section>\n<h2>").append(escape(heading)).append("</h2>\n").append(content);
    html.append("</section>\n");
    return this;
  }

  /**
   * Adds a table with a heading row; the first cell of each row is its heading.
   *
   * @param heading heading of the section
   * @param columns headings of the columns, plain text
   * @param rows cells, plain text, as many as columns in each
   * @return this page
   */
  public Page table(String heading, List<String> columns, List<List<String>> rows) {
    // With the focus, wide tables can be moved sideways by keys.
    StringBuilder table =
        new StringBuilder("<div class=\"wide\" tabindex=\"0\">\n<table>\n<thead><tr>");
    for (String column : columns) {
      table.append("<th scope=\"col\">").append(escape(column)).append("</th>");
    }
    table.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      table.append("<tr><th scope=\"row\">").append(escape(row.getFirst())).append("</th>");
      for (String cell : row.subList(1, row.size())) {
        table.append("<td>").append(escape(cell)).append("</td>");
      }
      table.append("</tr>\n");
    }
    return section(heading, table.append("</tbody>\n</table>\n</div>\n"));
  }

  /**
   * Adds the settings of a run.
   *
   * @param settings names and values, in the order to show
   * @return this page
   */
  public Page settings(Map<String, String> settings) {
    StringBuilder table = new StringBuilder("<table class=\"settings\">\n<tbody>\n");
    settings.forEach((name, value) ->
        table
            .append("<tr><th scope=\"row\">")
            .append(escape(name))
            .append("</th><td>")
            .append(escape(value))
            .append("</td></tr>\n"));
    return section("Settings", table.append("</tbody>\n</table>\n"));
  }

  /** {@return the whole page} */
  public String html() {
    return html + "</main>\n</body>\n</html>\n";
  }

  /**
   * Writes the page, whole or not at all.
   *
   * @param file where it goes
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    AtomicFiles.write(file, html());
  }
}
