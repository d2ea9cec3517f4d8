package io.solvegrad.bench.compare;

import static io.solvegrad.example.BadInputException.require;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.example.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who takes part, with which seeds and for how long. */
final class CompareOptions {
  static final double LONGEST_RUN = 240;
  private static final double DEFAULT_BUDGET = 60;
  private static final double QUICK_BUDGET = 3;

  @Option(
      names = "--variant",
      paramLabel = "NAME=OPTIONS",
      description =
          "A loss to compare instead of those that come with the program, such as \"ap=--loss ap"
              + " --lambda plain:{50|200}\"; may be given several times. Options are those of retrieve;"
              + " on ranking files --loss --lambda --margin --noise --rankings --learning-rate"
              + " --weight-decay --queries. {a|b} is a tuning grid, and so are variants of one name.")
  private List<String> variants = List.of();

  @Option(
      names = "--variants",
      paramLabel = "FILE",
      description = "The same from a file, one a line; lines that begin with # do not count.")
  private @Nullable Path variantsFile;

  @Option(
      names = "--common",
      paramLabel = "OPTIONS",
      defaultValue = "",
      description = "Options for all variants; a variant's own take precedence.")
  private String common = "";

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Only the losses whose whole name matches.")
  private @Nullable String only;

  @Option(
      names = "--reference",
      paramLabel = "NAME",
      description =
          "What the others are compared with. Default: the loss of RaMBO's that is best on validation"
              + " classes, or the first of one's own variants.")
  private @Nullable String reference;

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      description =
          "The same time for every loss, at most 240 s: losses are timed first, and each gets the steps"
              + " that fit. Default: 60, with --quick 3.")
  private @Nullable Double budget;

  @Option(
      names = "--steps",
      paramLabel = "N|NAME=N,...|FILE",
      description =
          "Steps instead of time: as many for all, as many for each, or as the results.json of an"
              + " equal-time comparison says, which repeats it exactly.")
  private @Nullable String steps;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Runs of each loss. Default: 8, with --quick 2.")
  private @Nullable Integer seeds;

  @Option(
      names = "--first-seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seeds count from here. Default: ${DEFAULT-VALUE}.")
  long firstSeed = 1;

  @Option(
      names = "--tuning-seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs of each setting of a grid. Default: ${DEFAULT-VALUE}.")
  int tuningSeeds = 1;

  @Option(
      names = "--on",
      paramLabel = "test|validation",
      defaultValue = "test",
      description =
          "What the runs are measured on in the end; validation leaves the test classes closed. Default:"
              + " ${DEFAULT-VALUE}.")
  private String on = "test";

  @Option(
      names = "--quick",
      description = "Six losses, untuned, two seeds, short runs: a first look.")
  boolean quick;

  int seeds() {
    int count = seeds == null ? (quick ? 2 : 8) : seeds;
    require("--seeds", count, count >= 1 && count <= 1000, "1 to 1000");
    // Those beyond are for tuning, which never sees a seed of the final runs.
    long last = Tournament.FIRST_TUNING_SEED - count;
    require("--first-seed", (double) firstSeed, firstSeed <= last, "at most " + last);
    require("--tuning-seeds", tuningSeeds, tuningSeeds >= 1 && tuningSeeds <= 1000, "1 to 1000");
    return count;
  }

  boolean opensTest() {
    if (!on.equals("test") && !on.equals("validation")) {
      throw new BadInputException("--on must be test or validation, but is " + on + ".");
    }
    return on.equals("test");
  }

  /** Seconds of training a run, or null if steps were given. */
  @Nullable Double budget() {
    if (steps != null && budget != null) {
      throw new BadInputException("Give only one of --budget and --steps.");
    }
    if (steps != null) {
      return null;
    }
    double seconds = budget == null ? (quick ? QUICK_BUDGET : DEFAULT_BUDGET) : budget;
    require("--budget", seconds, seconds > 0 && seconds <= LONGEST_RUN, "above 0, at most 240");
    return seconds;
  }

  List<Contestant> contestants(Task task) throws IOException {
    List<String> lines = new ArrayList<>(variants);
    if (variantsFile != null) {
      lines.addAll(Contestant.lines(read(variantsFile)));
    }
    boolean own = !variants.isEmpty() || variantsFile != null;
    if (own && lines.isEmpty()) {
      throw new BadInputException("--variants %s names no loss.".formatted(variantsFile));
    }
    if (!own) {
      lines.addAll(Contestant.lines(Contestant.resource(task.defaultVariants())));
    }
    List<Variant> all =
        lines.stream().flatMap(line -> Variant.parse(line, common).stream()).toList();
    List<Variant> chosen = all.stream().filter(variant -> takesPart(variant, task, own)).toList();
    if (chosen.isEmpty()) {
      throw new BadInputException(
          "--only %s matches none of %s."
              .formatted(only, all.stream().map(Variant::name).distinct().toList()));
    }
    List<Contestant> contestants = Contestant.gather(chosen);
    if (reference != null && contestants.stream().noneMatch(c -> c.name().equals(reference))) {
      throw new BadInputException(
          "--reference %s takes no part; these do: %s."
              .formatted(reference, contestants.stream().map(Contestant::name).toList()));
    }
    contestants.forEach(contestant -> contestant.grid().forEach(task::describe));
    return quick ? contestants.stream().map(Contestant::untuned).toList() : contestants;
  }

  private boolean takesPart(Variant variant, Task task, boolean own) {
    boolean telling = own || !quick || task.mostTelling().contains(variant.name());
    return telling && (only == null || matches(only, variant.name()));
  }

  private static boolean matches(String expression, String name) {
    try {
      return Pattern.matches(expression, name);
    } catch (PatternSyntaxException e) {
      throw new BadInputException(
          "--only %s is no regular expression: %s.".formatted(expression, e.getDescription()), e);
    }
  }

  private static String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new BadInputException(file + " is a folder, not a file.");
    }
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new BadInputException("There is no file " + file + ".", e);
    }
  }

  /** The steps of each loss as --steps says. */
  Map<String, Long> steps(List<Contestant> contestants) throws IOException {
    String given = steps == null ? "" : steps;
    Map<String, Long> each = new LinkedHashMap<>();
    if (given.endsWith(".json")) {
      each.putAll(replayed(Path.of(given)));
    } else if (given.contains("=")) {
      for (String assignment : given.split(",", -1)) {
        String[] sides = assignment.split("=", 2);
        each.put(sides[0].strip(), number(sides[sides.length - 1]));
      }
    } else {
      long same = number(given);
      contestants.forEach(contestant -> each.put(contestant.name(), same));
    }
    for (Contestant contestant : contestants) {
      if (!each.containsKey(contestant.name())) {
        throw new BadInputException(
            "--steps %s does not say how many for %s.".formatted(given, contestant.name()));
      }
    }
    return each;
  }

  private static long number(String digits) {
    try {
      long count = Long.parseLong(digits.strip());
      require("--steps", (double) count, count >= 1 && count <= Integer.MAX_VALUE, "at least 1");
      return count;
    } catch (NumberFormatException e) {
      throw new BadInputException(
          "--steps must be a whole number, NAME=N,... or a file results.json, but has '%s'."
              .formatted(digits),
          e);
    }
  }

  private static Map<String, Long> replayed(Path file) throws IOException {
    JsonNode counts;
    try {
      counts = new ObjectMapper().readTree(read(file)).path("steps");
    } catch (JacksonException e) {
      throw new BadInputException(
          "%s cannot be read: %s.".formatted(file, e.getOriginalMessage()), e);
    }
    if (!counts.isObject()) {
      throw new BadInputException(file + " is no results.json of a comparison.");
    }
    Map<String, Long> each = new LinkedHashMap<>();
    counts
        .properties()
        .forEach(entry -> each.put(entry.getKey(), number(entry.getValue().asText())));
    return each;
  }

  /** The loss that the others are compared with. */
  Finalist reference(Task task, List<Finalist> finalists) {
    if (reference != null) {
      return finalists.stream()
          .filter(finalist -> finalist.name().equals(reference))
          .findFirst()
          .orElseThrow();
    }
    if (!variants.isEmpty() || variantsFile != null) {
      return finalists.getFirst();
    }
    return finalists.stream()
        .filter(finalist -> task.loss(finalist.chosen()).loss().isBlackbox())
        .max(Comparator.comparingDouble(f -> f.validation(task.primary())))
        .orElse(finalists.getFirst());
  }
}
