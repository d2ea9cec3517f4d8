package io.solvegrad.detection.report;

import io.solvegrad.detection.data.Picture;
import io.solvegrad.detection.data.PictureSet;
import io.solvegrad.evaluation.detection.Box;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.evaluation.detection.PixelConvention;
import io.solvegrad.evaluation.detection.TruthBox;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture with what was found and what was missed in it.
 *
 * @param picture the picture
 * @param marks the boxes
 */
record Marked(Picture picture, List<Mark> marks) {
  private static final double OVERLAP = 0.5;
  private static final int SHOWN_SIDE = 384;

  /** What became of an object or a claim. */
  enum Kind {
    RIGHT(0x178a45, 0, 0),
    WRONG(0xd02f20, 7, 4),
    MISSED(0x1c5fc4, 2, 4);

    private final int colour;
    private final float dash;
    private final float gap;

    Kind(int colour, float dash, float gap) {
      this.colour = colour;
      this.dash = dash;
      this.gap = gap;
    }

    private BasicStroke stroke() {
      return dash == 0
          ? new BasicStroke(3)
          : new BasicStroke(
              3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {dash, gap}, 0);
    }
  }

  /** A box in the coordinates of the file. */
  record Mark(Kind kind, String category, Box box) {}

  /** Copies the list. */
  Marked {
    marks = List.copyOf(marks);
  }

  /** How many marks there are of a kind. */
  long count(Kind kind) {
    return marks.stream().filter(mark -> mark.kind() == kind).count();
  }

  /** Compares what is claimed in a picture with what is there. */
  static Marked of(
      Picture picture, List<TruthBox> truth, List<Detection> claims, PixelConvention pixels) {
    List<Mark> marks = new ArrayList<>();
    List<TruthBox> left = new ArrayList<>(truth);
    for (Detection claim : claims) {
      TruthBox best = null;
      for (TruthBox object : left) {
        double overlap = object.box().iou(claim.box(), pixels);
        if (object.category().equals(claim.category())
            && overlap >= OVERLAP
            && (best == null || overlap > best.box().iou(claim.box(), pixels))) {
          best = object;
        }
      }
      if (best != null) {
        left.remove(best);
      }
      marks.add(new Mark(best == null ? Kind.WRONG : Kind.RIGHT, claim.category(), claim.box()));
    }
    for (TruthBox object : left) {
      if (!object.difficult() && !object.crowd()) {
        marks.add(new Mark(Kind.MISSED, object.category(), object.box()));
      }
    }
    return new Marked(picture, marks);
  }

  /** Draws the picture with its boxes, as a JPEG file. */
  byte[] jpeg(PictureSet set) throws IOException {
    int side = (int) Math.round(Math.sqrt(picture.rgb().length / 3.0));
    double zoom = (double) SHOWN_SIDE / side;
    int width = (int) Math.round(picture.width() * picture.scale() * zoom);
    int height = (int) Math.round(picture.height() * picture.scale() * zoom);
    BufferedImage shown = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = shown.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(plain(side), 0, 0, SHOWN_SIDE, SHOWN_SIDE, null);
    double scale = picture.scale() * zoom;
    double first = set.pixels() == PixelConvention.INCLUSIVE ? 1 : 0;
    for (Mark mark : marks) {
      Box box = mark.box();
      draw(
          graphics,
          mark,
          new Rectangle2D.Double(
              (box.left() - first) * scale,
              (box.top() - first) * scale,
              (box.right() - box.left() + first) * scale,
              (box.bottom() - box.top() + first) * scale));
    }
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(shown, "jpg", out);
    return out.toByteArray();
  }

  private BufferedImage plain(int side) {
    byte[] rgb = picture.rgb();
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int row = i / side;
      int red = rgb[i] & 0xff;
      int green = rgb[side * side + i] & 0xff;
      int blue = rgb[2 * side * side + i] & 0xff;
      image.setRGB(i % side, row, (red << 16) | (green << 8) | blue);
    }
    return image;
  }

  private static void draw(Graphics2D graphics, Mark mark, Rectangle2D box) {
    // White below, so that no background hides a line.
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(5));
    graphics.draw(box);
    graphics.setColor(new Color(mark.kind().colour));
    graphics.setStroke(mark.kind().stroke());
    graphics.draw(box);
    try {
      label(graphics, mark, box);
    } catch (LinkageError | InternalError e) {
      // Where Java finds no fonts, colours and dashes have to do.
      return;
    }
  }

  private static void label(Graphics2D graphics, Mark mark, Rectangle2D box) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    int width = graphics.getFontMetrics().stringWidth(mark.category()) + 6;
    int x = (int) Math.clamp(box.getX(), 0, Math.max(0, SHOWN_SIDE - width));
    // A missed object is named at its foot, or a wrong name above it would hide its own.
    int y =
        mark.kind() == Kind.MISSED ? (int) box.getMaxY() - 17 : (int) Math.max(0, box.getY() - 17);
    graphics.fillRect(x, y, width, 17);
    graphics.setColor(Color.WHITE);
    graphics.drawString(mark.category(), x + 3, y + 13);
  }
}
