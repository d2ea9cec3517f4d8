package io.solvegrad.detection.data;

import io.solvegrad.example.RandomStream;
import io.solvegrad.example.icons.IconGlyph;
import io.solvegrad.example.icons.IconGlyphs;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Small pages with icons on textured backgrounds among clutter: two to six objects of 20 classes,
 * of different sizes and directions, some of them partly hidden, beside icons of other things.
 *
 * <p>The teams whose drawings appear in a split appear in no other: a detector must find drawings
 * by hands that it has never seen. A scene is a pure function of seed, split and number.
 */
public final class IconScenes {
  /** What is to be found. */
  public static final List<String> CLASSES =
      List.of(
          "bell",
          "bookmark",
          "calendar",
          "camera",
          "car",
          "cloud",
          "eye",
          "flag",
          "folder",
          "gift",
          "heart",
          "home",
          "key",
          "lock",
          "moon",
          "search",
          "star",
          "trophy",
          "umbrella",
          "wifi");

  private static final List<String> DISTRACTORS =
      List.of(
          "arrowdown",
          "arrowleft",
          "arrowup",
          "briefcase",
          "bug",
          "calculator",
          "check",
          "clipboard",
          "crop",
          "download",
          "filter",
          "globe",
          "grid",
          "list",
          "map",
          "menu",
          "pause",
          "play",
          "plus",
          "printer",
          "rocket",
          "share",
          "shuffle",
          "square",
          "text",
          "thermometer",
          "truck",
          "tv");

  /** Which teams draw which scenes. */
  public enum Split {
    /** For training. */
    TRAIN("train", 0),
    /** For choosing settings. */
    VALIDATION("val", 1),
    /** For the final measurement. */
    TEST("test", 2);

    private final String label;
    private final int stream;

    Split(String label, int stream) {
      this.label = label;
      this.stream = stream;
    }

    /** {@return the name of its list of images} */
    public String label() {
      return label;
    }

    /** {@return who draws its scenes} */
    public List<String> teams() {
      return switch (this) {
        case TRAIN ->
            List.of(
                "Awesome",
                "BootstrapIcons",
                "CoreUi",
                "Evaicons",
                "FluentUi",
                "Ionicons4",
                "Material",
                "Themify");
        case VALIDATION -> List.of("CarbonIcons", "Feather");
        case TEST -> List.of("AntDesign", "Boxicons", "Remixicon", "Unicons");
      };
    }
  }

  private static final double SMALLEST = 17;
  private static final double LARGEST = 52;
  private static final double LARGEST_TURN = Math.toRadians(25);
  private static final double MOST_COVERED = 0.25;
  private static final int TRIES = 20;

  // By split and class one list for each team: teams with many variants count no more than others.
  private final Map<Split, Map<String, List<List<Shape>>>> drawings;
  private final long seed;
  private final int side;

  /**
   * Scenes.
   *
   * @param seed decides all that is drawn
   * @param side width and height in pixels, at least 64
   * @throws io.solvegrad.example.BadInputException if the icons cannot be read
   */
  public IconScenes(long seed, int side) {
    if (side < 64) {
      throw new IllegalArgumentException("side must be at least 64, but is " + side);
    }
    this.seed = seed;
    this.side = side;
    drawings = drawings(IconGlyphs.load());
  }

  private static Map<Split, Map<String, List<List<Shape>>>> drawings(List<IconGlyph> glyphs) {
    Map<Split, Map<String, List<List<Shape>>>> drawings = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      Map<String, Map<String, List<Shape>>> found = new TreeMap<>();
      for (IconGlyph glyph : glyphs) {
        boolean wanted =
            glyph.publishable()
                && split.teams().contains(glyph.family())
                && (CLASSES.contains(glyph.className()) || DISTRACTORS.contains(glyph.className()));
        Optional<Shape> outline = wanted ? glyph.outline() : Optional.empty();
        if (outline.isPresent()) {
          found
              .computeIfAbsent(glyph.className(), name -> new TreeMap<>())
              .computeIfAbsent(glyph.family(), name -> new ArrayList<>())
              .add(outline.get());
        }
      }
      Map<String, List<List<Shape>>> ofSplit = new TreeMap<>();
      found.forEach((name, teams) -> ofSplit.put(name, List.copyOf(teams.values())));
      drawings.put(split, ofSplit);
    }
    return drawings;
  }

  /** Width and height of the scenes. */
  int side() {
    return side;
  }

  /** Paints a scene. */
  Scene scene(Split split, int number) {
    SplittableRandom random = RandomStream.at(seed, split.stream, number);
    ScenePainter painter = new ScenePainter(side, random);
    painter.background();
    painter.clutter(4 + random.nextInt(8));
    // Not every team draws everything that is to be told apart from the objects.
    List<String> distractors =
        DISTRACTORS.stream().filter(drawings.getOrDefault(split, Map.of())::containsKey).toList();
    int others = 1 + random.nextInt(3);
    int count = 2 + random.nextInt(5);
    List<Scene.Item> placed = new ArrayList<>();
    for (int i = 0; i < others + count; i++) {
      List<String> names = i < others ? distractors : CLASSES;
      String name = names.get(random.nextInt(names.size()));
      Scene.Item item = place(split, name, placed, random);
      if (item == null) {
        continue;
      }
      boolean object = i >= others;
      painter.icon(item.shape());
      boolean occluded = random.nextDouble() < 0.3;
      if (occluded) {
        painter.occluder(item.shape().getBounds2D());
      }
      placed.add(
          new Scene.Item(
              object ? name : "",
              item.shape(),
              item.left(),
              item.top(),
              item.right(),
              item.bottom(),
              occluded));
    }
    painter.grain();
    return new Scene(
        painter.image(), placed.stream().filter(item -> !item.category().isEmpty()).toList());
  }

  /** A drawing where it hides little of others, or null if there is no such place. */
  private Scene.@org.jspecify.annotations.Nullable Item place(
      Split split, String name, List<Scene.Item> placed, SplittableRandom random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Scene.Item item = item(name, drawing(split, name, random), random);
      if (item != null
          && placed.stream()
              .allMatch(other ->
                  item.covered(other) < MOST_COVERED && other.covered(item) < MOST_COVERED)) {
        return item;
      }
    }
    return null;
  }

  private Shape drawing(Split split, String name, SplittableRandom random) {
    List<List<Shape>> teams = drawings.getOrDefault(split, Map.of()).getOrDefault(name, List.of());
    if (teams.isEmpty()) {
      throw new IllegalStateException("no team of " + split + " draws a " + name);
    }
    List<Shape> variants = teams.get(random.nextInt(teams.size()));
    return variants.get(random.nextInt(variants.size()));
  }

  private Scene.@org.jspecify.annotations.Nullable Item item(
      String name, Shape outline, SplittableRandom random) {
    double longest = SMALLEST * Math.pow(LARGEST / SMALLEST, random.nextDouble()) * side / 128;
    double turn = random.nextDouble(-LARGEST_TURN, LARGEST_TURN);
    Rectangle2D bounds = outline.getBounds2D();
    double scale = longest / Math.max(bounds.getWidth(), bounds.getHeight());
    AffineTransform fit = AffineTransform.getRotateInstance(turn);
    fit.scale(scale, scale * random.nextDouble(0.85, 1.15));
    fit.translate(-bounds.getCenterX(), -bounds.getCenterY());
    Shape turned = fit.createTransformedShape(outline);
    Rectangle2D extent = turned.getBounds2D();
    double roomX = side - extent.getWidth() - 2;
    double roomY = side - extent.getHeight() - 2;
    double atX = random.nextDouble();
    double atY = random.nextDouble();
    if (roomX <= 0 || roomY <= 0) {
      return null;
    }
    Shape shape =
        AffineTransform.getTranslateInstance(
                1 + atX * roomX - extent.getMinX(), 1 + atY * roomY - extent.getMinY())
            .createTransformedShape(turned);
    Rectangle2D box = shape.getBounds2D();
    return new Scene.Item(
        name,
        shape,
        (int) Math.floor(box.getMinX()),
        (int) Math.floor(box.getMinY()),
        (int) Math.ceil(box.getMaxX()),
        (int) Math.ceil(box.getMaxY()),
        false);
  }
}
