package io.solvegrad.example.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pieces of an HTML page. */
public final class Html {
  private Html() {}

  /**
   * Makes text safe as element content and within double quotes.
   *
   * @param text plain text
   * @return HTML
   */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /**
   * Returns a PNG file as an address that needs no other file.
   *
   * @param png the file. Not modified.
   * @return a data URI
   */
  public static String dataUri(byte[] png) {
    return dataUri("image/png", png);
  }

  /**
   * Returns a file as an address that needs no other file.
   *
   * @param type its media type
   * @param content the file. Not modified.
   * @return a data URI
   */
  public static String dataUri(String type, byte[] content) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
  }

  /**
   * Encodes a square grey image.
   *
   * @param grey side x side values, 0 to 255 without sign, row by row. Not modified.
   * @param side width and height in pixels
   * @return a PNG file
   * @throws IOException if it cannot be encoded
   */
  public static byte[] png(byte[] grey, int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, side, side, grey);
    return png(image);
  }

  /**
   * Encodes an image.
   *
   * @param image the image
   * @return a PNG file
   * @throws IOException if it cannot be encoded
   */
  public static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
