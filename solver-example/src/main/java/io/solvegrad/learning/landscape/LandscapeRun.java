package io.solvegrad.learning.landscape;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be drawn.
 *
 * @param problem name of a solver's problem, {@code metric} or {@code margin}
 * @param lambdas interpolation strengths, ascending; empty for the usual ones
 * @param grid points a side of a surface
 * @param margin of {@code margin}, in units of the score
 * @param seed of planes and slopes
 */
public record LandscapeRun(
    String problem, List<Double> lambdas, int grid, double margin, long seed) {
  private static final ObjectWriter JSON =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
  private static final String METRIC = "metric";
  private static final String MARGIN = "margin";
  private static final int MOST_LAMBDAS = 12;

  /**
   * Checks everything.
   *
   * @throws BadInputException if there is no such problem or a number is out of range
   */
  public LandscapeRun {
    lambdas = List.copyOf(lambdas);
    String names =
        Stream.concat(Arrays.stream(SliceProblem.values()), Stream.of(METRIC, MARGIN))
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    if (!names.matches("(.*, )?\\Q" + problem + "\\E(, .*)?")) {
      throw new BadInputException(
          "There is no problem '%s'; the problems are %s.".formatted(problem, names));
    }
    BadInputException.require("--grid", grid, grid >= 2 && grid <= 401, "2 to 401");
    BadInputException.require("--margin", margin, margin > 0 && margin <= 10, "positive, up to 10");
    if (lambdas.size() > MOST_LAMBDAS) {
      throw new BadInputException(
          "--lambdas must be at most %d numbers, but are %d."
              .formatted(MOST_LAMBDAS, lambdas.size()));
    }
    double last = 0;
    for (double lambda : lambdas) {
      BadInputException.require("--lambdas", lambda, lambda > 0, "positive");
      BadInputException.require("--lambdas", lambda, lambda <= 1e9, "at most 1000000000");
      if (lambda <= last) {
        throw new BadInputException(
            "--lambdas must be ascending, but %s follows %s.".formatted(lambda, last));
      }
      last = lambda;
    }
  }

  /**
   * Draws, and writes results.json, landscape.html and PNG pictures.
   *
   * @param folder takes the files
   * @return the page to look at
   * @throws IOException if a file cannot be written
   */
  public Path write(Path folder) throws IOException {
    long start = System.nanoTime();
    List<Double> drawn =
        switch (problem) {
          case METRIC -> new MetricCurves(orElse(List.of(1.0, 3.0)), seed).write(folder);
          case MARGIN -> new MarginCurves(orElse(List.of(0.2)), margin, seed).write(folder);
          default -> writeSlice(folder);
        };
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("command", "landscape");
    results.put("problem", problem);
    results.put("lambdas", drawn);
    results.put("grid", grid);
    results.put("margin", margin);
    results.put("seed", seed);
    results.put("seconds", (System.nanoTime() - start) * 1e-9);
    AtomicFiles.write(
        folder.resolve("results.json"), out -> out.write(JSON.writeValueAsBytes(results)));
    return folder.resolve("landscape.html");
  }

  private List<Double> orElse(List<Double> usual) {
    return lambdas.isEmpty() ? usual : lambdas;
  }

  private List<Double> writeSlice(Path folder) throws IOException {
    SliceProblem chosen =
        Arrays.stream(SliceProblem.values())
            .filter(p -> p.toString().equals(problem))
            .findFirst()
            .orElseThrow();
    List<Double> drawn = orElse(chosen.lambdas());
    Slice slice = chosen.slice(seed, drawn.getLast());
    List<Surface> surfaces = new ArrayList<>();
    surfaces.add(Surface.of(slice, 0, grid));
    for (double lambda : drawn) {
      surfaces.add(Surface.of(slice, lambda, grid));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("problem", problem + ": " + chosen.subject());
    settings.put("weights", "w = w1 n1 + w2 n2 + s with random directions n1, n2 and a random s");
    settings.put("range of w1 and w2", slice.low() + " to " + slice.high());
    settings.put("points", grid + " x " + grid);
    settings.put("seed", Long.toString(seed));
    new LandscapePage(chosen.subject(), new HeatMaps(slice, surfaces), settings).write(folder);
    return drawn;
  }
}
