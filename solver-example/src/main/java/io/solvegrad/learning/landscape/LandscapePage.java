package io.solvegrad.learning.landscape;

import static io.solvegrad.example.report.Html.escape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.report.Html;
import io.solvegrad.example.report.LineChart;
import io.solvegrad.example.report.Page;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A landscape on one page that needs no other file: heat maps, a mesh to be turned with a slider
 * over lambda, and a cut along a line.
 *
 * @param subject what is solved, in a few words
 * @param maps the surfaces, f first
 * @param settings names and values of what was run, in the order to show
 */
record LandscapePage(String subject, HeatMaps maps, Map<String, String> settings) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final MathContext DIGITS = new MathContext(5);
  private static final int LINE_POINTS = 601;

  static final String EXPLANATION =
      """
      <p><strong>f</strong>(w) = \u27e8g, y(w)\u27e9 is the loss of the solution y(w) that the
      solver finds for the weights w, linear with a fixed slope g. It is constant wherever the
      solution does not change, so its gradient is zero or missing.</p>
      <p><strong>f_\u03bb</strong>(w) = \u27e8g, y\u2032\u27e9 \u2212
      (\u27e8w, y\u27e9 \u2212 \u27e8w, y\u2032\u27e9) / \u03bb evaluates two solutions: y = y(w)
      and y\u2032 = y(w + \u03bb g), the solution of weights that were moved by \u03bb times the
      slope of the loss. It is continuous and piecewise affine, lies between
      \u27e8g, y\u2032\u27e9 and f(w), and its gradient (y\u2032 \u2212 y) / \u03bb is exactly what
      the blackbox estimator returns (Vlastelica et al., ICLR 2020, equations 4 and 5). A larger
      \u03bb widens the ramps between the plateaus; as \u03bb falls, f_\u03bb becomes f.</p>
      """;

  /** Writes {@code landscape.html}, {@code landscape.png} and {@code line.png}. */
  void write(Path folder) throws IOException {
    byte[] png = Html.png(maps.draw());
    AtomicFiles.write(folder.resolve("landscape.png"), out -> out.write(png));
    LineChart line = line();
    line.write(folder.resolve("line.png"));
    AtomicFiles.write(folder.resolve("landscape.html"), html(png, line));
  }

  private String html(byte[] png, LineChart line) throws IOException {
    return new Page(
            "Loss landscape: " + subject,
            "What the loss of a solver looks like over a plane through its weights, and what"
                + " interpolation makes of it.")
        .section("What is drawn", EXPLANATION)
        .section("Turn it", interactive())
        .section(
            "All \u03bb beside each other",
            "<div class=\"wide\" tabindex=\"0\"><img class=\"heat\" src=\"%s\" alt=\"%s\"></div>\n"
                .formatted(Html.dataUri(png), escape(describe())))
        .section(
            "Along the line w2 = " + Surface.number(middle()),
            line.picture("f is a staircase; f_\u03bb joins its steps by ramps."))
        .settings(settings)
        .html();
  }

  private String describe() {
    return "Heat maps of "
        + String.join(", ", maps.surfaces().stream().map(Surface::title).toList())
        + "; w1 to the right, w2 upwards.";
  }

  private double middle() {
    return (maps.slice().low() + maps.slice().high()) / 2;
  }

  private String interactive() throws IOException {
    return """
    <style>
    %s</style>
    <div class="landscape">
    <div class="controls"><label>\u03bb <input id="lambda" type="range" min="0" value="0" step="1">\
    </label> <strong id="lambda-title"></strong></div>
    <div><h3>From above</h3><canvas id="heat" width="560" height="540"></canvas></div>
    <div><h3>As a surface</h3><canvas id="mesh" width="560" height="540"></canvas></div>
    <output id="readout"></output>
    </div>
    <script>
    const data = %s;
    %s</script>
    """
        .formatted(resource("landscape.css"), data(), resource("landscape.js"));
  }

  private String data() throws JsonProcessingException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("low", maps.slice().low());
    data.put("high", maps.slice().high());
    List<Map<String, Object>> surfaces = new ArrayList<>();
    for (Surface surface : maps.surfaces()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("title", surface.title());
      one.put(
          "values",
          Arrays.stream(surface.values())
              .map(row -> Arrays.stream(row).mapToObj(v -> new BigDecimal(v, DIGITS)).toList())
              .toList());
      surfaces.add(one);
    }
    data.put("surfaces", surfaces);
    return JSON.writeValueAsString(data);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = LandscapePage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing beside its class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A cut through the middle. */
  private LineChart line() {
    List<LineChart.Series> series = new ArrayList<>();
    for (Surface surface : maps.surfaces()) {
      List<LineChart.Point> points = new ArrayList<>();
      for (int i = 0; i < LINE_POINTS; i++) {
        double w1 = maps.slice().coordinate(i, LINE_POINTS);
        double value =
            surface.lambda() == 0
                ? maps.slice().loss(w1, middle())
                : maps.slice().interpolated(w1, middle(), surface.lambda());
        points.add(new LineChart.Point(w1, value));
      }
      series.add(new LineChart.Series(surface.title(), points, false, false));
    }
    return new LineChart("w1", "f, f_\u03bb", null, false, series);
  }
}
