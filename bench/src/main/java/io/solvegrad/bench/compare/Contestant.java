package io.solvegrad.bench.compare;

import io.solvegrad.example.BadInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A loss with its tuning grid.
 *
 * @param name what tables call it
 * @param grid its settings, at least one
 */
record Contestant(String name, List<Variant> grid) {

  Contestant {
    grid = List.copyOf(grid);
  }

  /** Gathers the variants of each name, in the order of first appearance. */
  static List<Contestant> gather(List<Variant> variants) {
    Map<String, List<Variant>> byName = new LinkedHashMap<>();
    variants.forEach(v -> byName.computeIfAbsent(v.name(), name -> new ArrayList<>()).add(v));
    List<Contestant> contestants =
        byName.entrySet().stream().map(e -> new Contestant(e.getKey(), e.getValue())).toList();
    int size = contestants.getFirst().grid().size();
    for (Contestant contestant : contestants) {
      if (contestant.grid().size() != size) {
        throw new BadInputException(
            "Every loss needs a tuning grid of the same size, but %s has %d settings and %s has %d."
                .formatted(
                    contestants.getFirst().name(),
                    size,
                    contestant.name(),
                    contestant.grid().size()));
      }
      Set<Variant> seen = new HashSet<>();
      for (Variant variant : contestant.grid()) {
        if (!seen.add(variant)) {
          throw new BadInputException(
              "Two settings of '%s' are the same: %s.".formatted(variant.name(), variant.text()));
        }
      }
    }
    return contestants;
  }

  /** The lines of a list of variants, without empty ones and those that begin with '#'. */
  static List<String> lines(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** The text of a list that comes with the program. */
  static String resource(String name) throws IOException {
    try (InputStream in = Contestant.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing beside its class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The same loss with its first setting alone. */
  Contestant untuned() {
    return new Contestant(name, grid.subList(0, 1));
  }
}
