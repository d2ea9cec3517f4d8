package io.solvegrad.example.icons;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.util.Optional;

/**
 * A drawing of a thing by a team.
 *
 * @param font where the drawing is, at a size far above that of pixels
 * @param code its place in the font
 * @param name what the set calls it
 * @param set the set of icons it belongs to
 * @param className what it shows; see {@link IconNames#className}
 * @param publishable whether it may be shown in a report: it is no brand logo, and its pack has a
 *     plain licence
 */
public record IconGlyph(
    Font font, int code, String name, String set, String className, boolean publishable) {

  /** {@return the team that drew it; see {@link IconNames#family}} */
  public String family() {
    return IconNames.family(set);
  }

  /**
   * {@return its outline, of any size and at any place; empty if the glyph is not in its font or
   * encloses no area}
   */
  public Optional<Shape> outline() {
    if (!font.canDisplay(code)) {
      return Optional.empty(); // its place would be taken by the font's sign for a missing glyph
    }
    FontRenderContext context = new FontRenderContext(null, true, true);
    Shape outline = font.createGlyphVector(context, Character.toString(code)).getOutline();
    return outline.getBounds2D().isEmpty() ? Optional.empty() : Optional.of(outline);
  }
}
