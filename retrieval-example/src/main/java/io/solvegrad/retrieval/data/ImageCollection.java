package io.solvegrad.retrieval.data;

import io.solvegrad.example.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Grey images of {@value #SIDE} x {@value #SIDE} pixels with a class, a source and a caption each.
 *
 * <p>Two images of one class show the same thing. Two images of one source were drawn by the same
 * hand: a query's own source is ignored among its candidates, so a model cannot succeed by
 * recognising the hand. Class and source ids are dense and follow the sorted names. Immutable;
 * needs {@value #PIXELS} bytes per image.
 */
public final class ImageCollection {
  /** Width and height of an image. */
  public static final int SIDE = 32;

  /** Pixels of an image, row by row from the top. */
  public static final int PIXELS = SIDE * SIDE;

  private static final int MAX_IMAGES = Integer.MAX_VALUE / PIXELS;

  private final byte[] pixels;
  private final int[] classes;
  private final int[] sources;
  private final List<String> classNames;
  private final List<String> sourceNames;
  private final List<String> descriptions;
  private final BitSet publishable;

  private ImageCollection(Builder builder) {
    int n = builder.images.size();
    pixels = new byte[n * PIXELS];
    for (int i = 0; i < n; i++) {
      System.arraycopy(builder.images.get(i), 0, pixels, i * PIXELS, PIXELS);
    }
    classNames = builder.classNames.stream().distinct().sorted().toList();
    sourceNames = builder.sourceNames.stream().distinct().sorted().toList();
    classes = ids(builder.classNames, classNames);
    sources = ids(builder.sourceNames, sourceNames);
    descriptions = List.copyOf(builder.descriptions);
    publishable = (BitSet) builder.publishable.clone();
  }

  private static int[] ids(List<String> names, List<String> distinct) {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < distinct.size(); i++) {
      index.put(distinct.get(i), i);
    }
    return names.stream().mapToInt(index::get).toArray();
  }

  /**
   * Returns the number of images.
   *
   * @return how many images there are
   */
  public int size() {
    return classes.length;
  }

  /**
   * Returns the number of classes.
   *
   * @return how many classes there are
   */
  public int classCount() {
    return classNames.size();
  }

  /**
   * Returns the number of sources.
   *
   * @return how many sources there are
   */
  public int sourceCount() {
    return sourceNames.size();
  }

  /**
   * Returns the class of an image.
   *
   * @param image index of the image
   * @return its class id
   */
  public int classOf(int image) {
    return classes[image];
  }

  /**
   * Returns the source of an image.
   *
   * @param image index of the image
   * @return its source id
   */
  public int sourceOf(int image) {
    return sources[image];
  }

  /**
   * Returns the class ids of all images.
   *
   * @return a fresh array, one id per image
   */
  public int[] classIds() {
    return classes.clone();
  }

  /**
   * Returns the source ids of all images.
   *
   * @return a fresh array, one id per image
   */
  public int[] sourceIds() {
    return sources.clone();
  }

  /**
   * Returns the name of a class.
   *
   * @param classId the class
   * @return its name
   */
  public String className(int classId) {
    return classNames.get(classId);
  }

  /**
   * Returns the name of a source.
   *
   * @param sourceId the source
   * @return its name
   */
  public String sourceName(int sourceId) {
    return sourceNames.get(sourceId);
  }

  /**
   * Returns what an image is called where it comes from.
   *
   * @param image index of the image
   * @return the name of the glyph or the path of the file
   */
  public String description(int image) {
    return descriptions.get(image);
  }

  /**
   * Says whether an image may appear in a report that is handed on.
   *
   * @param image index of the image
   * @return false for brand logos and for drawings whose licence is doubtful
   */
  public boolean publishable(int image) {
    return publishable.get(image);
  }

  /**
   * Returns the images of a class.
   *
   * @param classId the class
   * @return ascending image indices, a fresh array
   */
  public int[] imagesOf(int classId) {
    int count = 0;
    int[] images = new int[size()];
    for (int i = 0; i < images.length; i++) {
      if (classes[i] == classId) {
        images[count++] = i;
      }
    }
    return Arrays.copyOf(images, count);
  }

  /**
   * Copies an image as brightness in [0, 1].
   *
   * @param image index of the image
   * @param target receives {@value #PIXELS} values. Modified.
   * @param offset where in {@code target} the first value goes
   */
  public void copyPixels(int image, float[] target, int offset) {
    int from = image * PIXELS;
    for (int i = 0; i < PIXELS; i++) {
      target[offset + i] = (pixels[from + i] & 0xff) / 255f;
    }
  }

  /**
   * Copies an image as it is stored.
   *
   * @param image index of the image
   * @return {@value #PIXELS} bytes, 0 to 255 without sign, a fresh array
   */
  public byte[] bytes(int image) {
    return Arrays.copyOfRange(pixels, image * PIXELS, (image + 1) * PIXELS);
  }

  /**
   * Returns some of the images as a collection of their own, in the given order. Class and source
   * ids are dense again: they differ from the ids here, the names do not.
   *
   * @param images image indices. Not modified.
   * @return the selected images
   */
  public ImageCollection select(int[] images) {
    Builder builder = new Builder();
    for (int i : images) {
      builder.add(
          className(classes[i]), sourceName(sources[i]), description(i), publishable(i), bytes(i));
    }
    return builder.build();
  }

  /**
   * Makes images comparable by their dot product: each row of {@value #PIXELS} values loses its
   * mean and is scaled to Euclidean length {@code norm}, x = norm (p - mean p) / |p - mean p|. A
   * row without contrast becomes zero.
   *
   * @param rows images one after the other. Modified.
   * @param norm length of each image afterwards
   */
  public static void standardise(float[] rows, float norm) {
    if (rows.length % PIXELS != 0) {
      throw new IllegalArgumentException("rows has " + rows.length + " values, not whole images");
    }
    for (int offset = 0; offset < rows.length; offset += PIXELS) {
      double mean = 0;
      for (int i = 0; i < PIXELS; i++) {
        mean += rows[offset + i];
      }
      mean /= PIXELS;
      double squares = 0;
      for (int i = 0; i < PIXELS; i++) {
        double d = rows[offset + i] - mean;
        squares += d * d;
      }
      // Rounding leaves a constant image a contrast of about 1e-12: nothing to amplify.
      double factor = squares > 1e-9 ? norm / Math.sqrt(squares) : 0;
      for (int i = 0; i < PIXELS; i++) {
        rows[offset + i] = (float) ((rows[offset + i] - mean) * factor);
      }
    }
  }

  /** Collects images; not thread-safe. */
  public static final class Builder {
    private final List<byte[]> images = new ArrayList<>();
    private final List<String> classNames = new ArrayList<>();
    private final List<String> sourceNames = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();
    private final BitSet publishable = new BitSet();

    /** Starts empty. */
    public Builder() {}

    /**
     * Adds an image.
     *
     * @param className what it shows
     * @param sourceName who drew it
     * @param description what it is called where it comes from
     * @param mayPublish whether it may appear in a report that is handed on
     * @param pixels {@value ImageCollection#PIXELS} bytes, 0 to 255 without sign, row by row. Not
     *     modified, but kept until {@link #build}.
     * @return this
     */
    public Builder add(
        String className,
        String sourceName,
        String description,
        boolean mayPublish,
        byte[] pixels) {
      if (pixels.length != PIXELS) {
        throw new IllegalArgumentException(
            description + " has " + pixels.length + " pixels, not " + PIXELS);
      }
      if (images.size() == MAX_IMAGES) {
        throw new BadInputException("There are more than " + MAX_IMAGES + " images; use fewer.");
      }
      publishable.set(images.size(), mayPublish);
      images.add(pixels);
      classNames.add(className);
      sourceNames.add(sourceName);
      descriptions.add(description);
      return this;
    }

    /**
     * Returns the collection of everything added so far.
     *
     * @return an immutable collection
     */
    public ImageCollection build() {
      return new ImageCollection(this);
    }
  }
}
