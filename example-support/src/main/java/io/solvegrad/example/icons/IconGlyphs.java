package io.solvegrad.example.icons;

import io.solvegrad.example.BadInputException;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
 * Finds the glyphs of the Ikonli font packs on the class path.
 *
 * <p>Not publishable are glyphs that may be brand logos: of a set of logos (names ending in Brands,
 * Logo or Logos, Devicons, FileIcons), showing the same thing as one of these, or named after one.
 * Nor are the packs Win10 and SimpleLineIcons, whose authors permit use in words of their own
 * rather than by a known licence.
 */
public final class IconGlyphs {
  /** Whom to thank, for below a picture of icons; in full in the file NOTICE. */
  public static final String CREDITS =
      "Drawings: Ant Design, Eva Icons, Carbon, File Icons, Unicons (SIL OFL 1.1); Bootstrap Icons,"
          + " Boxicons, Devicons, Feather, Fluent UI System Icons, Ionicons 4, Line Awesome (MIT);"
          + " Material Icons, Remix Icon (Apache-2.0); Material Design Icons (SIL OFL 1.1 and"
          + " Apache-2.0); Font Awesome, CoreUI Free, Themify (SIL OFL 1.1).";

  private static final Set<String> DOUBTFUL_LICENCE = Set.of("SimpleLineIcons", "Win10");

  /** Size at which outlines are taken; any will do, this one keeps rounding far below a pixel. */
  private static final float OUTLINE_SIZE = 256;

  private IconGlyphs() {}

  private record Found(Font font, int code, String name, String set, String className) {}

  /**
   * Finds all glyphs; nothing is drawn. The order does not depend on that of the class path.
   *
   * @return the glyphs, sorted by class, set and name
   * @throws BadInputException if there are no packs or Java cannot read fonts
   */
  public static List<IconGlyph> load() {
    List<Found> glyphs = new ArrayList<>();
    try {
      glyphs.addAll(find());
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
    Set<String> logos =
        glyphs.stream()
            .filter(glyph -> IconNames.isLogoSet(glyph.set()))
            .map(Found::className)
            .collect(Collectors.toSet());
    return glyphs.stream()
        .sorted(
            Comparator.comparing(Found::className)
                .thenComparing(Found::set)
                .thenComparing(Found::name))
        .map(glyph ->
            new IconGlyph(
                glyph.font(),
                glyph.code(),
                glyph.name(),
                glyph.set(),
                glyph.className(),
                publishable(glyph, logos)))
        .toList();
  }

  private static List<Found> find() throws IOException, FontFormatException {
    List<IkonHandler> handlers = new ArrayList<>();
    ServiceLoader.load(IkonHandler.class).forEach(handlers::add);
    Map<IkonHandler, Font> fonts = new HashMap<>();
    List<Found> glyphs = new ArrayList<>();
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
            new Found(font, ikon.getCode(), name, set.getSimpleName(), IconNames.className(name)));
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

  private static boolean publishable(Found glyph, Set<String> logos) {
    return !IconNames.isLogoSet(glyph.set())
        && !IconNames.isLogo(glyph.name(), logos)
        && !DOUBTFUL_LICENCE.contains(IconNames.family(glyph.set()));
  }
}
