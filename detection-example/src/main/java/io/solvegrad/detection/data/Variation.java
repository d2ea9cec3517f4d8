package io.solvegrad.detection.data;

import io.solvegrad.example.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Varies pictures for a training step: mirrored, scaled and moved a little, with other brightness
 * and contrast of each colour. A pure function of seed, step and place in the batch.
 *
 * @param strength 0 for none, 1 for the usual
 * @param side width and height of the pictures
 */
public record Variation(double strength, int side) {
  private static final double SCALE = 0.25;
  private static final double SHIFT = 0.1;
  private static final double CONTRAST = 0.3;
  private static final double BRIGHTNESS = 25;

  /** How a picture becomes another: out(x, y) = gain * in(scale * x + shiftX, ...) + offset. */
  private record Change(
      double scaleX, double scaleY, double shiftX, double shiftY, float[] gain, float[] offset) {}

  /**
   * Writes a varied picture.
   *
   * @param picture the picture
   * @param seed of the run
   * @param step of the run
   * @param place in the batch
   * @param target receives numbers of mean 0 and deviation 1, roughly. Modified.
   * @param at where they begin
   * @return the objects in the varied picture; those whose centre left it are gone
   */
  public List<ObjectBox> apply(
      Picture picture, long seed, long step, int place, float[] target, int at) {
    Change change = change(RandomStream.at(seed, step, place));
    byte[] rgb = picture.rgb();
    int pixels = side * side;
    int[] columns = new int[side];
    float[] shares = new float[side];
    for (int x = 0; x < side; x++) {
      double from =
          Math.clamp(change.scaleX() * (x + 0.5) + change.shiftX() - 0.5, 0, side - 1.001);
      int column = (int) from;
      columns[x] = column;
      shares[x] = (float) (from - column);
    }
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < side; y++) {
        double from =
            Math.clamp(change.scaleY() * (y + 0.5) + change.shiftY() - 0.5, 0, side - 1.001);
        int line = (int) from;
        float below = (float) (from - line);
        int row = channel * pixels + line * side;
        int out = at + channel * pixels + y * side;
        for (int x = 0; x < side; x++) {
          int i = row + columns[x];
          float upper = (1 - shares[x]) * (rgb[i] & 0xff) + shares[x] * (rgb[i + 1] & 0xff);
          float lower =
              (1 - shares[x]) * (rgb[i + side] & 0xff) + shares[x] * (rgb[i + side + 1] & 0xff);
          float value = (1 - below) * upper + below * lower;
          target[out + x] =
              standardised(change.gain()[channel] * (value - 128) + 128 + change.offset()[channel]);
        }
      }
    }
    return moved(picture.objects(), change);
  }

  /**
   * Writes a picture as it is.
   *
   * @param picture the picture
   * @param target as above. Modified.
   * @param at where the numbers begin
   */
  public static void copy(Picture picture, float[] target, int at) {
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      target[at + i] = standardised(rgb[i] & 0xff);
    }
  }

  private static float standardised(float value) {
    return (value - 128) / 64;
  }

  private Change change(SplittableRandom random) {
    boolean mirrored = strength > 0 && random.nextBoolean();
    double scaleX = Math.exp(between(random, SCALE));
    double scaleY = scaleX * Math.exp(between(random, SCALE / 4));
    double shiftX = side * between(random, SHIFT) + side * (1 - scaleX) / 2;
    double shiftY = side * between(random, SHIFT) + side * (1 - scaleY) / 2;
    float[] gain = new float[3];
    float[] offset = new float[3];
    double contrast = between(random, CONTRAST);
    for (int channel = 0; channel < 3; channel++) {
      gain[channel] = (float) Math.exp(contrast + between(random, CONTRAST / 3));
      offset[channel] = (float) between(random, BRIGHTNESS);
    }
    return new Change(
        mirrored ? -scaleX : scaleX,
        scaleY,
        mirrored ? side - shiftX : shiftX,
        shiftY,
        gain,
        offset);
  }

  private double between(SplittableRandom random, double bound) {
    double width = strength * bound;
    return width * (2 * random.nextDouble() - 1);
  }

  private List<ObjectBox> moved(List<ObjectBox> objects, Change change) {
    List<ObjectBox> moved = new ArrayList<>();
    for (ObjectBox box : objects) {
      double a = (box.left() - change.shiftX()) / change.scaleX();
      double b = (box.right() - change.shiftX()) / change.scaleX();
      double top = (box.top() - change.shiftY()) / change.scaleY();
      double bottom = (box.bottom() - change.shiftY()) / change.scaleY();
      double x = (a + b) / 2;
      double y = (top + bottom) / 2;
      if (x > 0 && x < side && y > 0 && y < side) {
        moved.add(
            new ObjectBox(
                box.category(),
                Math.max(0, Math.min(a, b)),
                Math.max(0, top),
                Math.min(side, Math.max(a, b)),
                Math.min(side, bottom)));
      }
    }
    return moved;
  }
}
