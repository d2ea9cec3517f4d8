package io.solvegrad.retrieval.data;

import io.solvegrad.example.BadInputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Images from a folder that holds one folder per class.
 *
 * <p>Files ending in png, jpg, jpeg, gif or bmp are read (of an animation the first picture),
 * hidden ones and all others are passed over, and so are folders without images. Each image is its
 * own source: a query ignores itself alone. An image becomes grey (luma 0.299 R + 0.587 G + 0.114 B
 * over white) and {@value ImageCollection#SIDE} pixels high and wide; its aspect is kept, and what
 * it leaves free takes the mean of its outermost pixels.
 */
public final class FolderCollection {
  /** Two classes to train on and two unseen ones to tell apart. */
  private static final int MIN_CLASSES = 4;

  private static final long MAX_PIXELS = 100_000_000;

  /** Larger images are thinned out while they are read, which bounds memory. */
  private static final int READ_SIDE = 256;

  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

  private FolderCollection() {}

  private record ImageFile(String className, Path path) {}

  /**
   * Reads the images below a folder, in parallel on the common pool, sorted by class and file name.
   *
   * @param folder holds one folder per class
   * @return the images
   * @throws BadInputException if the folder is missing or unreadable, has fewer than four classes
   *     with images, a class with a single image, or an image that cannot be read; the message
   *     names it
   */
  public static ImageCollection load(Path folder) {
    if (!Files.exists(folder)) {
      throw new BadInputException(
          "Folder " + folder + " does not exist; give a folder with one folder per class.");
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          folder + " is not a folder; give a folder with one folder per class.");
    }
    List<ImageFile> files = new ArrayList<>();
    int classes = 0;
    for (Path classFolder : entries(folder)) {
      if (!Files.isDirectory(classFolder)) {
        continue;
      }
      List<Path> images = entries(classFolder).stream().filter(FolderCollection::isImage).toList();
      if (images.size() == 1) {
        throw new BadInputException(
            "Class "
                + name(classFolder)
                + " in "
                + folder
                + " has a single image ("
                + name(images.get(0))
                + "): nothing could be found for it;"
                + " add a second image or remove the folder.");
      }
      classes += images.isEmpty() ? 0 : 1;
      images.forEach(path -> files.add(new ImageFile(name(classFolder), path)));
    }
    checkClasses(folder, classes);
    return read(files);
  }

  private static void checkClasses(Path folder, int classes) {
    if (classes == 0) {
      throw new BadInputException(
          "Folder "
              + folder
              + " has no folders with png, jpg, gif or bmp images;"
              + " make one folder per class and put its images inside.");
    }
    if (classes < MIN_CLASSES) {
      throw new BadInputException(
          "Folder "
              + folder
              + " has "
              + classes
              + (classes == 1 ? " class" : " classes")
              + " with images, but half of the classes are kept for testing: give at least "
              + MIN_CLASSES
              + ".");
    }
  }

  private static ImageCollection read(List<ImageFile> files) {
    List<byte[]> pixels = files.parallelStream().map(file -> read(file.path())).toList();
    ImageCollection.Builder builder = new ImageCollection.Builder();
    for (int i = 0; i < pixels.size(); i++) {
      ImageFile file = files.get(i);
      String path = file.className() + "/" + name(file.path());
      builder.add(file.className(), path, path, true, pixels.get(i));
    }
    return builder.build();
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        if (!name(entry).startsWith(".") && !Files.isHidden(entry)) {
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw new BadInputException(
          "Folder " + folder + " cannot be read (" + e + "); maybe its permissions forbid it.", e);
    }
    Collections.sort(entries);
    return entries;
  }

  private static boolean isImage(Path path) {
    String name = name(path);
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending) && Files.isRegularFile(path);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static byte[] read(Path path) {
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
