package io.solvegrad.detection.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture at the size of the network's input: scaled so that its longer side fits, in the upper
 * left corner, the rest grey.
 *
 * @param name what data and detections call it
 * @param rgb red, then green, then blue, row by row, 0 to 255 without sign. Not copied.
 * @param scale pixels of the input per pixel of the file
 * @param width of the file in pixels
 * @param height of the file in pixels
 * @param objects what is to be learned
 */
public record Picture(
    String name, byte[] rgb, double scale, int width, int height, List<ObjectBox> objects) {
  private static final int GREY = 128;

  /** Copies the list. */
  public Picture {
    objects = List.copyOf(objects);
  }

  /** The same picture with other objects. */
  Picture with(List<ObjectBox> others) {
    return new Picture(name, rgb, scale, width, height, others);
  }

  /**
   * Scales an image.
   *
   * @param name what data and detections call it
   * @param image any image
   * @param side width and height of the network's input
   * @return the picture, without objects
   */
  static Picture of(String name, BufferedImage image, int side) {
    double scale = (double) side / Math.max(image.getWidth(), image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(halved(image, width, height), 0, 0, width, height, null);
    graphics.dispose();
    byte[] rgb = new byte[3 * side * side];
    java.util.Arrays.fill(rgb, (byte) GREY);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      scaled.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < 3; channel++) {
          rgb[(channel * side + y) * side + x] = (byte) (row[x] >> (16 - 8 * channel));
        }
      }
    }
    return new Picture(name, rgb, scale, image.getWidth(), image.getHeight(), List.of());
  }

  /**
   * Halved as often as it can be: a bilinear scaling by less than a half would leave pixels out.
   */
  private static BufferedImage halved(BufferedImage image, int width, int height) {
    BufferedImage current = image;
    while (current.getWidth() >= 2 * width && current.getHeight() >= 2 * height) {
      int w = current.getWidth() / 2;
      int h = current.getHeight() / 2;
      BufferedImage half = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = half.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(current, 0, 0, w, h, null);
      graphics.dispose();
      current = half;
    }
    return current;
  }
}
