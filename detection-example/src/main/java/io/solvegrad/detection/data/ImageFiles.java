package io.solvegrad.detection.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Finds and decodes images; nothing in them can do more harm than an exception. */
final class ImageFiles {
  private static final List<String> ENDINGS =
      List.of(".jpg", ".jpeg", ".png", ".bmp", ".JPG", ".JPEG", ".PNG", ".BMP");
  private static final long MOST_PIXELS = 100_000_000;
  private static final Pattern DAMAGE = Pattern.compile("(?i)premature|corrupt|truncated");

  private ImageFiles() {}

  /** The image of a name, or null if there is none. */
  static @Nullable Path find(Path folder, String name) {
    return ENDINGS.stream()
        .map(ending -> folder.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  /**
   * Decodes an image.
   *
   * @throws IOException if it is damaged, of an unknown kind or huge; the message is the end of a
   *     sentence
   */
  static BufferedImage read(Path file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      if (in == null) {
        throw new IOException("it cannot be opened");
      }
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("it is no image of a known kind");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return decode(reader);
      } finally {
        reader.dispose();
      }
    } catch (RuntimeException e) {
      // Decoders of the JDK let some of their own slip through on damaged files.
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private static BufferedImage decode(ImageReader reader) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MOST_PIXELS) {
      throw new IOException("it has " + pixels + " pixels");
    }
    AtomicReference<@Nullable String> damage = new AtomicReference<>();
    // A file that breaks off is filled with grey and a warning.
    reader.addIIOReadWarningListener((source, warning) -> {
      if (DAMAGE.matcher(warning).find()) {
        damage.set(warning);
      }
    });
    BufferedImage image = reader.read(0);
    String warning = damage.get();
    if (warning != null) {
      throw new IOException(warning);
    }
    return image;
  }
}
