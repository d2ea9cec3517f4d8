package io.solvegrad.retrieval.report;

import static io.solvegrad.retrieval.report.Html.escape;

import io.solvegrad.retrieval.data.ImageCollection;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run on one page: what it reached, how it got there, what the model finds, with which settings.
 *
 * @param title heading of the page
 * @param summary what was run and what came out, in a sentence or two
 * @param results hit rates, one row per model, in the order to show
 * @param curve course of the training; left out of the page if empty
 * @param gallery examples; left out of the page if it has no queries
 * @param settings names and values of what was run, in the order to show
 */
public record RetrievalReport(
    String title,
    String summary,
    List<HitRates> results,
    TrainingCurve curve,
    Gallery gallery,
    Map<String, String> settings) {

  /** Copies the list and the map, which keeps its order. */
  public RetrievalReport {
    results = List.copyOf(results);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Writes {@code report.html} and, if there is a curve, {@code training-curve.png}. Each file is
   * written whole or not at all. Where Java finds no fonts, a sentence stands for the curve.
   *
   * @param folder takes the files; made if missing
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder) throws IOException {
    if (!curve.isEmpty()) {
      byte[] png = picture(1200, 600, 18);
      if (png != null) {
        AtomicFiles.write(folder.resolve("training-curve.png"), out -> out.write(png));
      }
    }
    AtomicFiles.write(folder.resolve("report.html"), html());
  }

  /**
   * Returns the page: no scripts, and no other file needed.
   *
   * @return HTML
   * @throws IOException if a picture cannot be encoded
   */
  String html() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
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
    appendResults(page);
    if (!curve.isEmpty()) {
      appendCurve(page);
    }
    if (!gallery.queries().isEmpty()) {
      appendGallery(page);
    }
    appendSettings(page);
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String css() throws IOException {
    try (InputStream in = RetrievalReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new FileNotFoundException("report.css is missing beside its class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void appendResults(StringBuilder page) {
    page.append(
        """
        <section>
        <h2>Result</h2>
        <p>Hit rate@k: the share of queries with an image of their class among the nearest k.
        Images of the query's own source do not count.</p>
        <table class="results">
        <thead><tr><th scope="col">Ranked by</th><th scope="col">@1</th>\
        <th scope="col">@10</th><th scope="col">@100</th></tr></thead>
        <tbody>
        """);
    for (HitRates row : results) {
      page.append("<tr><th scope=\"row\">").append(escape(row.name())).append("</th>");
      for (double rate : new double[] {row.at1(), row.at10(), row.at100()}) {
        // The bar repeats the number for the eye.
        page.append(
            Double.isNaN(rate)
                ? "<td>no value</td>"
                : String.format(
                    Locale.ROOT,
                    "<td>%.3f<span class=\"bar\" style=\"width:%.1f%%\"></span></td>",
                    rate,
                    100 * rate));
      }
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table>\n</section>\n");
  }

  private void appendCurve(StringBuilder page) {
    byte[] narrow = picture(720, 640, 24);
    byte[] wide = picture(1200, 600, 18);
    String text = escape(curve.describe());
    page.append("<section>\n<h2>Training</h2>\n");
    if (narrow == null || wide == null) {
      page.append("<p>").append(text).append("</p>\n");
    } else {
      page.append(
          """
          <picture>
          <source media="(max-width: 600px)" srcset="%s" width="720" height="640">
          <img class="curve" src="%s" alt="%s" width="1200" height="600">
          </picture>
          """
              .formatted(Html.dataUri(narrow), Html.dataUri(wide), text));
    }
    page.append("</section>\n");
  }

  /** A machine without fonts is no reason to lose the report of a long run. */
  private byte @Nullable [] picture(int width, int height, int fontSize) {
    try {
      return curve.png(width, height, fontSize);
    } catch (IOException e) {
      return null;
    }
  }

  private void appendGallery(StringBuilder page) throws IOException {
    page.append(
        """
        <section>
        <h2>What the model finds</h2>
        <p>Randomly picked queries and their nearest images.
        <span class="mark right">\u2713 right</span> shows the same class,
        <span class="mark wrong">\u2717 wrong</span> another one.
        Below each image: its class and its source.</p>
        """);
    for (Gallery.Query query : gallery.queries()) {
      ImageCollection images = gallery.images();
      page.append("<article>\n<h3>")
          .append(escape(images.className(images.classOf(query.image()))))
          .append("</h3>\n<div class=\"query\">\n");
      appendImage(page, query.image(), "Query", "asked");
      page.append("</div>\n");
      appendNeighbours(page, "Before, " + gallery.before(), query, query.before());
      appendNeighbours(page, "After, " + gallery.after(), query, query.after());
      page.append("</article>\n");
    }
    if (!gallery.credits().isEmpty()) {
      page.append("<p class=\"credits\">").append(escape(gallery.credits())).append("</p>\n");
    }
    page.append("</section>\n");
  }

  private void appendNeighbours(
      StringBuilder page, String heading, Gallery.Query query, List<Integer> neighbours)
      throws IOException {
    page.append(
        "<div class=\"neighbours\">\n<h4>%s: %d of %d right</h4>\n<div class=\"row\">\n"
            .formatted(escape(heading), gallery.right(query, neighbours), neighbours.size()));
    for (int neighbour : neighbours) {
      boolean right = gallery.isRight(query, neighbour);
      appendImage(
          page, neighbour, right ? "\u2713 right" : "\u2717 wrong", right ? "right" : "wrong");
    }
    page.append("</div>\n</div>\n");
  }

  private void appendImage(StringBuilder page, int image, String mark, String kind)
      throws IOException {
    ImageCollection images = gallery.images();
    String className = escape(images.className(images.classOf(image)));
    String source = escape(images.sourceName(images.sourceOf(image)));
    String picture =
        images.publishable(image)
            ? "<img src=\"%s\" alt=\"%s, %s\" title=\"%s\" width=\"64\" height=\"64\">"
                .formatted(
                    Html.dataUri(Html.png(images.bytes(image), ImageCollection.SIDE)),
                    className,
                    source,
                    escape(images.description(image)))
            : "<div class=\"hidden\">hidden</div>";
    page.append(
        """
        <figure class="%s">%s<figcaption><span class="mark %1$s">%s</span>\
        <span class="class">%s</span><span class="source">%s</span></figcaption></figure>
        """
            .formatted(kind, picture, mark, className, source));
  }

  private void appendSettings(StringBuilder page) {
    page.append("<section>\n<h2>Settings</h2>\n<table class=\"settings\">\n<tbody>\n");
    settings.forEach((name, value) ->
        page.append("<tr><th scope=\"row\">")
            .append(escape(name))
            .append("</th><td>")
            .append(escape(value))
            .append("</td></tr>\n"));
    page.append("</tbody>\n</table>\n</section>\n");
  }
}
