package io.solvegrad.retrieval.report;

import static io.solvegrad.example.report.Html.escape;

import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.report.Html;
import io.solvegrad.example.report.Page;
import io.solvegrad.retrieval.data.ImageCollection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
      curve.chart().write(folder.resolve("training-curve.png"));
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
    Page page = new Page(title, summary).section("Result", resultTable());
    if (!curve.isEmpty()) {
      page.section("Training", curve.chart().picture(curve.describe()));
    }
    if (!gallery.queries().isEmpty()) {
      page.section("What the model finds", examples());
    }
    return page.settings(settings).html();
  }

  private String resultTable() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
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
    return page.append("</tbody>\n</table>\n").toString();
  }

  private String examples() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
        """
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
    return page.toString();
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
}
