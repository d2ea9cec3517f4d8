package io.solvegrad.retrieval.data;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.icons.IconGlyph;
import io.solvegrad.example.icons.IconGlyphs;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The icons of the Ikonli font packs on the class path: the same things drawn by many teams.
 *
 * <p>A class is a thing that two teams or more have drawn, its source is the team (see {@link
 * ImageCollection}). Each glyph is drawn white on black from its outline, antialiased, its longest
 * side scaled to {@value #INK_SIDE} of the {@value ImageCollection#SIDE} pixels, centred. Glyphs
 * without ink or without an entry in their font are left out, and their class with them if then
 * only one team is left. With the 24 packs of this build: 2322 classes, 18,308 images.
 *
 * <p>What is not {@linkplain ImageCollection#publishable publishable} {@link IconGlyphs} says.
 */
public final class IconCollection {
  /** Longest side of the ink in pixels. */
  static final int INK_SIDE = 30;

  /** Whom to thank, for below a picture of icons. */
  public static final String CREDITS =
      IconGlyphs.CREDITS + " Hidden: what may be a brand logo, and packs without a plain licence.";

  private IconCollection() {}

  /**
   * Finds and draws the icons, in parallel on the common pool. The result does not depend on the
   * number of threads or the order of the class path. Takes one to two seconds.
   *
   * @return the icons, sorted by class, set and glyph name
   * @throws BadInputException if there are no packs or Java cannot read fonts
   */
  public static ImageCollection load() {
    return draw(IconGlyphs.load());
  }

  /**
   * The icons in halves.
   *
   * @param seed decides which half of the classes is learned from
   * @return both sides
   */
  public static ClassSplit split(long seed) {
    return ClassSplit.of(load(), ClassSplit.HALF, seed);
  }

  private static ImageCollection draw(List<IconGlyph> glyphs) {
    Set<String> shared = sharedClasses(glyphs);
    List<Map.Entry<IconGlyph, byte[]>> drawings =
        glyphs.stream()
            .filter(glyph -> shared.contains(glyph.className()))
            .toList()
            .parallelStream()
            .<Map.Entry<IconGlyph, byte[]>>mapMulti((glyph, sink) -> {
              byte[] pixels = draw(glyph);
              if (pixels != null) {
                sink.accept(Map.entry(glyph, pixels));
              }
            })
            .toList();
    Set<String> inked = sharedClasses(drawings.stream().map(Map.Entry::getKey).toList());
    ImageCollection.Builder builder = new ImageCollection.Builder();
    for (Map.Entry<IconGlyph, byte[]> drawing : drawings) {
      IconGlyph glyph = drawing.getKey();
      if (inked.contains(glyph.className())) {
        builder.add(
            glyph.className(),
            glyph.family(),
            glyph.set() + " " + glyph.name(),
            glyph.publishable(),
            drawing.getValue());
      }
    }
    return builder.build();
  }

  /** Returns the classes that two families or more have. */
  private static Set<String> sharedClasses(List<IconGlyph> glyphs) {
    Map<String, String> firstFamily = new HashMap<>();
    Set<String> shared = new HashSet<>();
    for (IconGlyph glyph : glyphs) {
      String first = firstFamily.putIfAbsent(glyph.className(), glyph.family());
      if (first != null && !first.equals(glyph.family())) {
        shared.add(glyph.className());
      }
    }
    return shared;
  }

  /** Draws one glyph, or returns null if it has less than a pixel of ink or is not in its font. */
  static byte @Nullable [] draw(IconGlyph glyph) {
    Shape outline = glyph.outline().orElse(null);
    if (outline == null) {
      return null;
    }
    Rectangle2D bounds = outline.getBounds2D();
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
