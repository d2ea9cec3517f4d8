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
  private static final int MOST = 100;
  private static final double LARGEST_BELOW_ONE = 1 - 1e-10;

  /**
   * Checks the overlaps.
   *
   * @throws IllegalArgumentException if there are none or more than 31, or they do not ascend in
   *     (0, 1]
   */
  public CocoEvaluator {
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
    Map<String, Integer> places = new HashMap<>();
    truth.images().forEach(image -> places.put(image, places.size()));
    Map<String, TreeMap<Integer, Pair>> pairs = new LinkedHashMap<>();
    truth.categories().forEach(category -> pairs.put(category, new TreeMap<>()));
    for (TruthBox box : truth.boxes()) {
      pair(pairs, places, box.category(), box.image()).truth.add(box);
    }
    for (Detection detection : detections) {
      if (!places.containsKey(detection.image())) {
        throw new IllegalArgumentException(
            "image " + detection.image() + " of a detection is not in the truth");
      }
      if (pairs.containsKey(detection.category())) {
        pair(pairs, places, detection.category(), detection.image()).detections.add(detection);
      }
    }
    Map<String, Map<AreaRange, CocoCurves>> curves = new LinkedHashMap<>();
    pairs.forEach((category, ofImages) -> curves.put(category, curves(ofImages.values())));
    return new CocoResult(overlaps.clone(), curves);
  }

  private static Pair pair(
      Map<String, TreeMap<Integer, Pair>> pairs,
      Map<String, Integer> places,
      String category,
      String image) {
    return pairs
        .computeIfAbsent(category, key -> new TreeMap<>())
        .computeIfAbsent(places.getOrDefault(image, -1), key -> new Pair());
  }

  private Map<AreaRange, CocoCurves> curves(Collection<Pair> inOrderOfImages) {
    Map<AreaRange, CocoCurves> curves = new EnumMap<>(AreaRange.class);
    for (AreaRange range : AreaRange.values()) {
      List<Match> matches = new ArrayList<>();
      int positives = 0;
      for (Pair pair : inOrderOfImages) {
        positives += pair.match(range, overlaps, matches);
      }
      matches.sort(Comparator.comparingDouble(Match::score).reversed()); // stable
      curves.put(range, CocoCurves.of(matches, overlaps.length, positives));
    }
    return curves;
  }

  /** One detection: its place among those of its image, and for each overlap what became of it. */
  record Match(double score, int place, int matchedMask, int ignoredMask) {}

  /** The objects and detections of a category in an image. */
  private static final class Pair {
    private final List<TruthBox> truth = new ArrayList<>();
    private final List<Detection> detections = new ArrayList<>();

    /** Adds what became of each detection; returns the number of objects that count. */
    int match(AreaRange range, double[] overlaps, List<Match> matches) {
      Comparator<TruthBox> countingFirst =
          Comparator.comparing(box -> box.ignored() || !range.contains(box.area()));
      List<TruthBox> objects = truth.stream().sorted(countingFirst).toList(); // stable
      List<Detection> best =
          detections.stream()
              .sorted(Comparator.comparingDouble(Detection::score).reversed())
              .limit(MOST)
              .toList();
      boolean[] ignored = new boolean[objects.size()];
      int positives = 0;
      for (int g = 0; g < ignored.length; g++) {
        TruthBox box = objects.get(g);
        ignored[g] = box.ignored() || !range.contains(box.area());
        positives += ignored[g] ? 0 : 1;
      }
      double[][] ious = ious(best, objects);
      int[] matched = new int[best.size()];
      int[] ignoredDetections = new int[best.size()];
      for (int t = 0; t < overlaps.length; t++) {
        boolean[] taken = new boolean[ignored.length];
        for (int d = 0; d < matched.length; d++) {
          int g = choose(ious[d], objects, ignored, taken, overlaps[t]);
          if (g >= 0) {
            taken[g] = true;
            matched[d] |= 1 << t;
          }
          boolean counts = g >= 0 ? !ignored[g] : range.contains(best.get(d).box().area());
          ignoredDetections[d] |= counts ? 0 : 1 << t;
        }
      }
      for (int d = 0; d < matched.length; d++) {
        matches.add(new Match(best.get(d).score(), d, matched[d], ignoredDetections[d]));
      }
      return positives;
    }

    private static double[][] ious(List<Detection> detections, List<TruthBox> objects) {
      double[][] ious = new double[detections.size()][objects.size()];
      for (int d = 0; d < ious.length; d++) {
        Box box = detections.get(d).box();
        for (int g = 0; g < objects.size(); g++) {
          TruthBox object = objects.get(g);
          ious[d][g] =
              object.crowd()
                  ? box.shareInside(object.box())
                  : box.iou(object.box(), PixelConvention.CONTINUOUS);
        }
      }
      return ious;
    }

    /**
     * The free object with the largest overlap; ignored ones (they come last) only if none else
     * fits.
     */
    private static int choose(
        double[] ious, List<TruthBox> objects, boolean[] ignored, boolean[] taken, double overlap) {
      double most = Math.min(overlap, LARGEST_BELOW_ONE);
      int chosen = -1;
      for (int g = 0; g < ious.length; g++) {
        if (chosen >= 0 && !ignored[chosen] && ignored[g]) {
          break;
        }
        boolean free = !taken[g] || objects.get(g).crowd();
        if (free && ious[g] >= most) {
          most = ious[g];
          chosen = g;
        }
      }
      return chosen;
    }
  }
}
