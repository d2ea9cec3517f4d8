package io.solvegrad.retrieval.data;

import io.solvegrad.example.BadInputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Image files as grey pixels (luma 0.299 R + 0.587 G + 0.114 B over white), {@value
 * ImageCollection#SIDE} high and wide: the aspect is kept, and what it leaves free takes the mean
 * of the outermost pixels. Of an animation the first picture counts.
 */
final class GreyImage {
  private static final long MAX_PIXELS = 100_000_000;

  /** Larger images are thinned out while they are read, which bounds memory. */
  private static final int READ_SIDE = 256;

  private GreyImage() {}

  /**
   * Reads an image file.
   *
   * @param path the file
   * @return {@value ImageCollection#PIXELS} bytes, 0 to 255 without sign, row by row
   * @throws BadInputException if it cannot be read; the message names it
   */
  static byte[] read(Path path) {
    try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
      Iterator<ImageReader> readers =
          in == null ? Collections.emptyIterator() : ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("no png, jpg, gif or bmp inside");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return shrink(decode(reader));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Readers meet broken files with all kinds of unchecked exceptions.
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new BadInputException(
          "Image " + path + " cannot be read (" + reason + "); repair or remove it.", e);
    }
  }

  private static BufferedImage decode(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MAX_PIXELS) {
      throw new IOException(
          width + " x " + height + " pixels are more than " + MAX_PIXELS / 1_000_000 + " million");
    }
    int step = Math.max(1, Math.max(width, height) / READ_SIDE);
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, 0, 0);
    return reader.read(0, parameters);
  }

  private static byte[] shrink(BufferedImage image) {
    int side = ImageCollection.SIDE;
    double scale = (double) side / Math.max(image.getWidth(), image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    int left = (side - width) / 2;
    int top = (side - height) / 2;
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = small.createGraphics();
    graphics.drawImage(
        opaque.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
    graphics.dispose();
    byte[] pixels = new byte[ImageCollection.PIXELS];
    Arrays.fill(pixels, (byte) Math.round(edgeMean(small)));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[(top + y) * side + left + x] = (byte) Math.round(luma(small.getRGB(x, y)));
      }
    }
    return pixels;
  }

  private static double edgeMean(BufferedImage image) {
    int right = image.getWidth() - 1;
    int bottom = image.getHeight() - 1;
    double sum = 0;
    for (int x = 0; x <= right; x++) {
      sum += luma(image.getRGB(x, 0)) + luma(image.getRGB(x, bottom));
    }
    for (int y = 0; y <= bottom; y++) {
      sum += luma(image.getRGB(0, y)) + luma(image.getRGB(right, y));
    }
    return sum / (2.0 * (right + 1) + 2.0 * (bottom + 1));
  }

  private static double luma(int rgb) {
    return 0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
  }
}
