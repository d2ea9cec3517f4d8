package io.solvegrad.evaluation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * COCO's evaluation: within an image and a category the detections, best first, each take the free
 * object that they overlap most, objects that count before objects that are ignored; AP is the mean
 * precision at 101 recalls, averaged over overlaps from 0.50 to 0.95.
 *
 * <p>Ignored are crowd regions (any number of detections may fall into one; the overlap is the
 * share of the detection inside), difficult objects, and objects and unmatched detections whose
 * area is not in the range looked at. Lin et al., Microsoft COCO: Common Objects in Context, ECCV
 * 2014 (arXiv:1405.0312); rules as in pycocotools. Memory O(detections + objects).
 *
 * @param overlaps the intersections over union, ascending, at most 31
 */
public record CocoEvaluator(double[] overlaps) {

  /**
   * Checks the overlaps.
   *
   * @throws IllegalArgumentException if there are none or more than 31, or they do not ascend in
   *     (0, 1]
   */
  public CocoEvaluator {
    Objects.requireNonNull(overlaps, "overlaps must not be null");
    boolean ascend =
        overlaps.length > 0
            && overlaps.length < 32
            && overlaps[0] > 0
            && overlaps[overlaps.length - 1] <= 1
            && IntStream.range(1, overlaps.length).allMatch(t -> overlaps[t] > overlaps[t - 1]);
    if (!ascend) {
      throw new IllegalArgumentException(
          "overlaps = "
              + Arrays.toString(overlaps)
              + ", must be 1 to 31 ascending values in (0, 1]");
    }
  }

  /**
   * COCO's own overlaps.
   *
   * @return an evaluator at 0.50, 0.55, ..., 0.95
   */
  public static CocoEvaluator standard() {
    double[] overlaps = new double[10];
    double step = (0.95 - 0.5) / 9; // the rounding of pycocotools
    for (int t = 0; t < 10; t++) {
      overlaps[t] = t == 9 ? 0.95 : 0.5 + t * step;
    }
    return new CocoEvaluator(overlaps);
  }

  /** The range of areas, in pixels, of the objects looked at. */
  public enum AreaRange {
    /** All objects. */
    ALL(0, 1e10),
    /** Objects up to 32 x 32. */
    SMALL(0, 32 * 32),
    /** Objects from 32 x 32 to 96 x 96. */
    MEDIUM(32 * 32, 96 * 96),
    /** Objects from 96 x 96. */
    LARGE(96 * 96, 1e10);

    private final double least;
    private final double largest;

    AreaRange(double least, double largest) {
      this.least = least;
      this.largest = largest;
    }

    boolean contains(double area) {
      return area >= least && area <= largest;
    }
  }

  /**
   * Evaluates detections.
   *
   * @param truth what is there
   * @param detections what is claimed
   * @return precision and recall by category, overlap, area range and number of detections
   * @throws IllegalArgumentException if a detection is in an image that the truth does not list
   */
  public CocoResult evaluate(TruthSet truth, List<Detection> detections) {
    Objects.requireNonNull(truth, "truth must not be null");
    Objects.requireNonNull(detections, "detections must not be null");
    Map<String, Integer> places = new HashMap<>();
    truth.images().forEach(image -> places.put(image, places.size()));
    Map<String, TreeMap<Integer, CocoImage>> images = new LinkedHashMap<>();
    truth.categories().forEach(category -> images.put(category, new TreeMap<>()));
    for (TruthBox box : truth.boxes()) {
      image(images, places, box.category(), box.image()).truth.add(box);
    }
    for (Detection detection : detections) {
      if (!places.containsKey(detection.image())) {
        throw new IllegalArgumentException(
            "image " + detection.image() + " of a detection is not in the truth");
      }
      if (images.containsKey(detection.category())) {
        image(images, places, detection.category(), detection.image()).detections.add(detection);
      }
    }
    Map<String, Map<AreaRange, CocoCurves>> curves = new LinkedHashMap<>();
    images.forEach((category, ofImages) -> curves.put(category, curves(ofImages.values())));
    return new CocoResult(overlaps.clone(), curves);
  }

  private static CocoImage image(
      Map<String, TreeMap<Integer, CocoImage>> images,
      Map<String, Integer> places,
      String category,
      String image) {
    return images
        .computeIfAbsent(category, key -> new TreeMap<>())
        .computeIfAbsent(places.getOrDefault(image, -1), key -> new CocoImage());
  }

  private Map<AreaRange, CocoCurves> curves(Collection<CocoImage> images) {
    images.forEach(image -> image.prepare(overlaps[0]));
    Map<AreaRange, CocoCurves> curves = new EnumMap<>(AreaRange.class);
    for (AreaRange range : AreaRange.values()) {
      List<Match> matches = new ArrayList<>();
      int positives = 0;
      for (CocoImage image : images) {
        positives += image.match(range, overlaps, matches);
      }
      matches.sort(Comparator.comparingDouble(Match::score).reversed()); // stable
      curves.put(range, CocoCurves.of(matches, overlaps.length, positives));
    }
    return curves;
  }

  /** One detection: its place among those of its image, and for each overlap what became of it. */
  record Match(double score, int place, int matchedMask, int ignoredMask) {}
}
