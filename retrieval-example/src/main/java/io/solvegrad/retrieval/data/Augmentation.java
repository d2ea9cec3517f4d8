package io.solvegrad.retrieval.data;

import io.solvegrad.example.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random variations of an image that leave what it shows alone: a linear map (rotation, shear,
 * scale) about the centre and a shift, read bilinearly, after strokes were made thicker or thinner;
 * then perhaps a rectangle goes missing. No mirror images: left and right are different things.
 *
 * <p>Each quantity is drawn uniformly from its range. What lies outside an image takes the mean of
 * its four corners. Immutable and thread-safe; a variation is a pure function of seed, step and
 * place in the batch. At strength 0 an image stays as it is, bit for bit.
 *
 * @param rotation largest angle in degrees, to either side
 * @param scale largest relative change of size, below 1; 0.2 stands for 0.8 to 1.2
 * @param shift largest shift in pixels, in both directions
 * @param shear largest horizontal shear as a tangent
 * @param stroke largest share, at most 1, of the way to the maximum (thicker light strokes) or
 *     minimum (thinner) over the 3 x 3 neighbours
 * @param erase probability that a rectangle of {@value #ERASE_MIN} to {@value #ERASE_MAX} pixels a
 *     side takes the mean of the corners
 */
public record Augmentation(
    double rotation, double scale, double shift, double shear, double stroke, double erase) {

  private static final int SIDE = ImageCollection.SIDE;
  private static final int FRAMED = SIDE + 2;
  private static final int ERASE_MIN = 4;
  private static final int ERASE_MAX = 10;

  /** No variation. */
  public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 0);

  /** What drawings take without changing their meaning. */
  public static final Augmentation STANDARD = new Augmentation(15, 0.2, 3, 0.1, 0.5, 0.25);

  /** Checks the ranges. */
  public Augmentation {
    check("rotation", rotation, 180);
    check("scale", scale, 0.9);
    check("shift", shift, SIDE);
    check("shear", shear, 1);
    check("stroke", stroke, 1);
    check("erase", erase, 1);
  }

  private static void check(String name, double value, double limit) {
    if (!(value >= 0 && value <= limit)) {
      throw new IllegalArgumentException(name + " is " + value + ", not in [0, " + limit + "]");
    }
  }

  /**
   * Returns the same kinds of variation, weaker.
   *
   * @param strength factor in [0, 1] on every range; 0 gives {@link #NONE}
   * @return the scaled variation
   */
  public Augmentation times(double strength) {
    check("strength", strength, 1);
    return new Augmentation(
        strength * rotation,
        strength * scale,
        strength * shift,
        strength * shear,
        strength * stroke,
        strength * erase);
  }

  /**
   * Writes a varied batch, on the calling thread.
   *
   * @param images where the images are
   * @param batch image indices. Not modified.
   * @param seed seed of the run
   * @param step number of the step
   * @param target receives the images one after the other, brightness in [0, 1]. Modified.
   */
  public void apply(ImageCollection images, int[] batch, long seed, long step, float[] target) {
    for (int i = 0; i < batch.length; i++) {
      apply(images, batch[i], RandomStream.at(seed, step, i), target, i * ImageCollection.PIXELS);
    }
  }

  /**
   * Writes one varied image.
   *
   * @param images where the image is
   * @param image its index
   * @param random decides the variation. Modified.
   * @param target receives brightness in [0, 1]. Modified.
   * @param offset where in {@code target} the image begins
   */
  public void apply(
      ImageCollection images, int image, SplittableRandom random, float[] target, int offset) {
    // All numbers are drawn, used or not: the strength of one variation does not change another.
    double angle = Math.toRadians(between(random, rotation));
    double size = 1 + between(random, scale);
    double slant = between(random, shear);
    double dx = between(random, shift);
    double dy = between(random, shift);
    float thickness = (float) between(random, stroke);
    boolean hole = random.nextDouble() < erase;
    images.copyPixels(image, target, offset);
    float background = background(target, offset);
    if (angle != 0 || size != 1 || slant != 0 || dx != 0 || dy != 0 || thickness != 0) {
      float[] source = Arrays.copyOfRange(target, offset, offset + ImageCollection.PIXELS);
      if (thickness != 0) {
        source = thicken(source, thickness);
      }
      // From target to source: rotation times shear, divided by the size.
      double cos = Math.cos(angle) / size;
      double sin = Math.sin(angle) / size;
      double[] map = {cos, cos * slant - sin, sin, sin * slant + cos};
      resample(frame(source, background), map, dx, dy, target, offset);
    }
    if (hole) {
      erase(random, background, target, offset);
    }
  }

  private static double between(SplittableRandom random, double limit) {
    return limit * (2 * random.nextDouble() - 1);
  }

  private static float background(float[] target, int offset) {
    int last = SIDE - 1;
    return (target[offset]
            + target[offset + last]
            + target[offset + last * SIDE]
            + target[offset + last * SIDE + last])
        / 4;
  }

  /** Puts one pixel of background around an image. */
  private static float[] frame(float[] image, float background) {
    float[] framed = new float[FRAMED * FRAMED];
    Arrays.fill(framed, background);
    for (int y = 0; y < SIDE; y++) {
      System.arraycopy(image, y * SIDE, framed, (y + 1) * FRAMED + 1, SIDE);
    }
    return framed;
  }

  private static void resample(
      float[] framed, double[] map, double dx, double dy, float[] target, int offset) {
    float centre = (SIDE - 1) / 2f;
    float framedCentre = (FRAMED - 1) / 2f;
    float xx = (float) map[0];
    float xy = (float) map[1];
    float yx = (float) map[2];
    float yy = (float) map[3];
    for (int row = 0; row < SIDE; row++) {
      float y = row - centre - (float) dy;
      for (int column = 0; column < SIDE; column++) {
        float x = column - centre - (float) dx;
        // What lies further out than the frame reads the frame.
        float sx = Math.clamp(xx * x + xy * y + framedCentre, 0, FRAMED - 1);
        float sy = Math.clamp(yx * x + yy * y + framedCentre, 0, FRAMED - 1);
        int left = Math.min((int) sx, FRAMED - 2);
        int top = Math.min((int) sy, FRAMED - 2);
        float fx = sx - left;
        float fy = sy - top;
        int at = top * FRAMED + left;
        float above = framed[at] + fx * (framed[at + 1] - framed[at]);
        float below = framed[at + FRAMED] + fx * (framed[at + FRAMED + 1] - framed[at + FRAMED]);
        target[offset + row * SIDE + column] = above + fy * (below - above);
      }
    }
  }

  /** Moves each pixel towards the extreme of its 3 x 3 neighbours, first along rows. */
  private static float[] thicken(float[] image, float thickness) {
    // The minimum of p is the negated maximum of -p.
    float sign = Math.signum(thickness);
    float[] rows = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      int x = i % SIDE;
      float left = sign * image[x == 0 ? i : i - 1];
      float right = sign * image[x == SIDE - 1 ? i : i + 1];
      rows[i] = Math.max(sign * image[i], Math.max(left, right));
    }
    float[] result = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      float above = rows[i < SIDE ? i : i - SIDE];
      float below = rows[i >= image.length - SIDE ? i : i + SIDE];
      float extreme = sign * Math.max(rows[i], Math.max(above, below));
      result[i] = image[i] + Math.abs(thickness) * (extreme - image[i]);
    }
    return result;
  }

  private static void erase(SplittableRandom random, float background, float[] target, int offset) {
    int width = random.nextInt(ERASE_MIN, ERASE_MAX + 1);
    int height = random.nextInt(ERASE_MIN, ERASE_MAX + 1);
    int left = random.nextInt(SIDE - width + 1);
    int top = random.nextInt(SIDE - height + 1);
    for (int y = top; y < top + height; y++) {
      int from = offset + y * SIDE + left;
      Arrays.fill(target, from, from + width, background);
    }
  }
}
