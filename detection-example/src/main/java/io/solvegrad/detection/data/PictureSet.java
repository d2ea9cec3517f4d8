package io.solvegrad.detection.data;

import io.solvegrad.evaluation.detection.Box;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.evaluation.detection.PixelConvention;
import io.solvegrad.evaluation.detection.TruthBox;
import io.solvegrad.evaluation.detection.TruthSet;
import java.util.List;

/**
 * Pictures and what is in them, as the network sees them and as their files say.
 *
 * @param name for example train or test
 * @param pictures the pictures
 * @param truth the same objects in the coordinates of the files, with the names of the categories
 * @param pixels whether the files count the last pixel to a box; coordinates then start at 1
 */
public record PictureSet(
    String name, List<Picture> pictures, TruthSet truth, PixelConvention pixels) {

  /** Copies the list. */
  public PictureSet {
    pictures = List.copyOf(pictures);
  }

  /** {@return the number of objects} */
  public int objects() {
    return truth.boxes().size();
  }

  /**
   * A box in the coordinates of the file, limited to the picture.
   *
   * @param picture where it is
   * @param box in pixels of the network's input
   * @return the box
   */
  public Box inFile(Picture picture, ObjectBox box) {
    double scale = picture.scale();
    double first = pixels == PixelConvention.INCLUSIVE ? 1 : 0;
    double left = Math.clamp(box.left() / scale, 0, picture.width() - 1.0);
    double top = Math.clamp(box.top() / scale, 0, picture.height() - 1.0);
    double right = Math.clamp(box.right() / scale, left + 1, picture.width());
    double bottom = Math.clamp(box.bottom() / scale, top + 1, picture.height());
    return Box.ofCorners(left + first, top + first, right, bottom);
  }

  /** A box of a file in pixels of the network's input. */
  static ObjectBox inInput(Box box, int category, PixelConvention pixels, double scale) {
    double first = pixels == PixelConvention.INCLUSIVE ? 1 : 0;
    return new ObjectBox(
        category,
        Math.max(0, (box.left() - first) * scale),
        Math.max(0, (box.top() - first) * scale),
        box.right() * scale,
        box.bottom() * scale);
  }

  /** {@return the truth with boxes from border to border, as COCO's rules take them} */
  public TruthSet continuousTruth() {
    return new TruthSet(
        truth.images(),
        truth.categories(),
        truth.boxes().stream()
            .map(box ->
                new TruthBox(
                    box.image(),
                    box.category(),
                    continuous(box.box()),
                    box.difficult(),
                    box.crowd(),
                    pixels == PixelConvention.INCLUSIVE
                        ? continuous(box.box()).area()
                        : box.area()))
            .toList(),
        truth.sizes());
  }

  /**
   * {@return detections with boxes from border to border}
   *
   * @param detections in the coordinates of the files
   */
  public List<Detection> continuous(List<Detection> detections) {
    return detections.stream()
        .map(d -> new Detection(d.image(), d.category(), continuous(d.box()), d.score()))
        .toList();
  }

  private Box continuous(Box box) {
    return pixels == PixelConvention.CONTINUOUS
        ? box
        : Box.ofCorners(box.left() - 1, box.top() - 1, box.right(), box.bottom());
  }
}
