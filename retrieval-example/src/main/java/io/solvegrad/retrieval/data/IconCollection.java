package io.solvegrad.retrieval.data;

import io.solvegrad.example.BadInputException;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.IkonHandler;
import org.kordamp.ikonli.IkonProvider;

/**
 * The icons of the Ikonli font packs on the class path: the same things drawn by many teams.
 *
 * <p>A class is a thing that two teams or more have drawn, its source is the team (see {@link
 * ImageCollection}). Each glyph is drawn white on black from its outline, antialiased, its longest
 * side scaled to {@value #INK_SIDE} of the {@value ImageCollection#SIDE} pixels, centred. Glyphs
 * without ink or without an entry in their font are left out, and their class with them if then
 * only one team is left. With the 24 packs of this build: 2322 classes, 18,308 images.
 *
 * <p>Not {@linkplain ImageCollection#publishable publishable} are glyphs that may be brand logos:
 * of a set of logos (names ending in Brands, Logo or Logos, Devicons, FileIcons), showing the same
 * thing as one of these, or named after one. Nor are the packs Win10 and SimpleLineIcons, whose
 * authors permit use in words of their own rather than by a known licence.
 */
public final class IconCollection {
  /** Longest side of the ink in pixels. */
  static final int INK_SIDE = 30;

  /** Whom to thank, for below a picture of icons; in full in the file NOTICE. */
  public static final String CREDITS =
      "Drawings: Ant Design, Eva Icons, Carbon, File Icons, Unicons (SIL OFL 1.1); Bootstrap Icons,"
          + " Boxicons, Devicons, Feather, Fluent UI System Icons, Ionicons 4, Line Awesome (MIT);"
          + " Material Icons, Remix Icon (Apache-2.0); Material Design Icons (SIL OFL 1.1 and"
          + " Apache-2.0); Font Awesome, CoreUI Free, Themify (SIL OFL 1.1). Hidden: what"
          + " may be a brand logo, and packs without a plain licence.";

  private static final Set<String> DOUBTFUL_LICENCE = Set.of("SimpleLineIcons", "Win10");

  /** Size at which outlines are taken; any will do, this one keeps rounding far below a pixel. */
  private static final float OUTLINE_SIZE = 256;

  private IconCollection() {}

  private record Glyph(Font font, int code, String name, String set, String className) {
    String family() {
      return IconNames.family(set);
    }
  }

  /**
   * Finds and draws the icons, in parallel on the common pool. The result does not depend on the
   * number of threads or the order of the class path. Takes one to two seconds.
   *
   * @return the icons, sorted by class, set and glyph name
   * @throws BadInputException if there are no packs or Java cannot read fonts
   */
  public static ImageCollection load() {
    List<Glyph> glyphs = new ArrayList<>();
    try {
      glyphs.addAll(glyphs());
    } catch (IOException | FontFormatException | LinkageError | InternalError e) {
      throw new BadInputException(
          "The icons cannot be drawn because Java cannot read fonts here ("
              + e.getMessage()
              + "); maybe install fontconfig, or use --data with a folder of images.",
          e);
    }
    if (glyphs.isEmpty()) {
      throw new BadInputException(
          "There are no icon packs on the class path; add an ikonli-*-pack, or use --data.");
    }
    return draw(glyphs);
  }

  private static List<Glyph> glyphs() throws IOException, FontFormatException {
    List<IkonHandler> handlers = new ArrayList<>();
    ServiceLoader.load(IkonHandler.class).forEach(handlers::add);
    Map<IkonHandler, Font> fonts = new HashMap<>();
    List<Glyph> glyphs = new ArrayList<>();
    for (IkonProvider<?> provider : ServiceLoader.load(IkonProvider.class)) {
      Class<? extends Ikon> set = provider.getIkon();
      for (Ikon ikon : set.getEnumConstants()) {
        IkonHandler handler = handler(handlers, set, ikon.getDescription());
        if (handler == null) {
          continue;
        }
        Font font = fonts.get(handler);
        if (font == null) {
          font = font(handler);
          fonts.put(handler, font);
        }
        String name = ikon.getDescription();
        glyphs.add(
            new Glyph(font, ikon.getCode(), name, set.getSimpleName(), IconNames.className(name)));
      }
    }
    return glyphs;
  }

  /** Two versions of Font Awesome share their glyph names: only the set's own package will do. */
  private static @Nullable IkonHandler handler(
      List<IkonHandler> handlers, Class<? extends Ikon> set, String glyph) {
    for (IkonHandler handler : handlers) {
      if (handler.getClass().getPackage() == set.getPackage() && handler.supports(glyph)) {
        return handler;
      }
    }
    return null;
  }

  private static Font font(IkonHandler handler) throws IOException, FontFormatException {
    try (InputStream in = handler.getFontResourceAsStream()) {
      return Font.createFont(Font.TRUETYPE_FONT, in).deriveFont(OUTLINE_SIZE);
    }
  }

  private static ImageCollection draw(List<Glyph> glyphs) {
    Set<String> logos =
        glyphs.stream()
            .filter(glyph -> IconNames.isLogoSet(glyph.set()))
            .map(Glyph::className)
            .collect(Collectors.toSet());
    Set<String> shared = sharedClasses(glyphs);
    List<Map.Entry<Glyph, byte[]>> drawings =
        glyphs.stream()
            .filter(glyph -> shared.contains(glyph.className()))
            .sorted(
                Comparator.comparing(Glyph::className)
                    .thenComparing(Glyph::set)
                    .thenComparing(Glyph::name))
            .toList()
            .parallelStream()
            .<Map.Entry<Glyph, byte[]>>mapMulti((glyph, sink) -> {
              byte[] pixels = draw(glyph.font(), glyph.code());
              if (pixels != null) {
                sink.accept(Map.entry(glyph, pixels));
              }
            })
            .toList();
    Set<String> inked = sharedClasses(drawings.stream().map(Map.Entry::getKey).toList());
    ImageCollection.Builder builder = new ImageCollection.Builder();
    for (Map.Entry<Glyph, byte[]> drawing : drawings) {
      Glyph glyph = drawing.getKey();
      if (inked.contains(glyph.className())) {
        builder.add(
            glyph.className(),
            glyph.family(),
            glyph.set() + " " + glyph.name(),
            publishable(glyph, logos),
            drawing.getValue());
      }
    }
    return builder.build();
  }

  /** Returns the classes that two families or more have. */
  private static Set<String> sharedClasses(List<Glyph> glyphs) {
    Map<String, String> firstFamily = new HashMap<>();
    Set<String> shared = new HashSet<>();
    for (Glyph glyph : glyphs) {
      String first = firstFamily.putIfAbsent(glyph.className(), glyph.family());
      if (first != null && !first.equals(glyph.family())) {
        shared.add(glyph.className());
      }
    }
    return shared;
  }

  private static boolean publishable(Glyph glyph, Set<String> logos) {
    return !IconNames.isLogoSet(glyph.set())
        && !IconNames.isLogo(glyph.name(), logos)
        && !DOUBTFUL_LICENCE.contains(glyph.family());
  }

  /** Draws one glyph, or returns null if it has less than a pixel of ink or is not in its font. */
  static byte @Nullable [] draw(Font font, int code) {
    if (!font.canDisplay(code)) {
      return null; // its place would be taken by the font's sign for a missing glyph
    }
    FontRenderContext context = new FontRenderContext(null, true, true);
    Shape outline = font.createGlyphVector(context, Character.toString(code)).getOutline();
    Rectangle2D bounds = outline.getBounds2D();
    if (bounds.isEmpty()) {
      return null;
    }
    double scale = INK_SIDE / Math.max(bounds.getWidth(), bounds.getHeight());
    AffineTransform fit = new AffineTransform();
    fit.translate(ImageCollection.SIDE / 2.0, ImageCollection.SIDE / 2.0);
    fit.scale(scale, scale);
    fit.translate(-bounds.getCenterX(), -bounds.getCenterY());
    BufferedImage image =
        new BufferedImage(ImageCollection.SIDE, ImageCollection.SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fill(fit.createTransformedShape(outline));
    graphics.dispose();
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    return hasInk(pixels) ? pixels : null;
  }

  /** Some fonts draw a contour twice, once each way round, and nothing but specks remains. */
  private static boolean hasInk(byte[] pixels) {
    int sum = 0;
    for (byte pixel : pixels) {
      sum += pixel & 0xff;
    }
    return sum >= 255;
  }
}
