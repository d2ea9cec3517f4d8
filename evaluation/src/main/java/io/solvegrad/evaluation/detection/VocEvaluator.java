package io.solvegrad.evaluation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Pascal VOC's evaluation: for each category the detections of all images in descending order of
 * scores (equal scores: the one given first) each take the object of their image that they overlap
 * most. A detection is correct if that overlap reaches the threshold and the object was not found
 * before; a second one for the same object is false; one that takes a difficult object counts
 * neither way.
 *
 * <p>Everingham et al., IJCV 88, 2010 (doi:10.1007/s11263-009-0275-4). Memory O(detections +
 * objects).
 *
 * @param iou the smallest intersection over union of a correct detection
 * @param pixels whether the last pixel belongs to a box; inclusive in VOC
 */
public record VocEvaluator(double iou, PixelConvention pixels) {

  /**
   * Checks the threshold.
   *
   * @throws IllegalArgumentException if iou is not above 0 and at most 1
   */
  public VocEvaluator {
    Objects.requireNonNull(pixels, "pixels must not be null");
    if (!(iou > 0 && iou <= 1)) {
      throw new IllegalArgumentException("iou = " + iou + ", must be above 0 and at most 1");
    }
  }

  /**
   * One curve for each category.
   *
   * @param curves the curves in the order of the categories; those without an object that counts
   *     are in no mean
   * @param unknown for each category that no image has the number of its detections, which count
   *     nowhere
   * @param strayImages images with detections that are not in the truth; their detections are false
   */
  public record Result(
      Map<String, PrecisionRecallCurve> curves,
      Map<String, Integer> unknown,
      Set<String> strayImages) {

    /** Checks that nothing is missing. */
    public Result {
      Objects.requireNonNull(curves, "curves must not be null");
      Objects.requireNonNull(unknown, "unknown must not be null");
      Objects.requireNonNull(strayImages, "strayImages must not be null");
    }

    /**
     * The mean of the area under the curves.
     *
     * @return mAP as in VOC 2010 and later
     */
    public double areaMap() {
      return mean(PrecisionRecallCurve::areaAp);
    }

    /**
     * The mean of the 11-point averages.
     *
     * @return mAP as in VOC 2007
     */
    public double elevenPointMap() {
      return mean(PrecisionRecallCurve::elevenPointAp);
    }

    private double mean(ToDoubleFunction<PrecisionRecallCurve> ap) {
      return curves.values().stream()
          .filter(curve -> curve.positives() > 0)
          .mapToDouble(ap)
          .average()
          .orElse(0);
    }
  }

  /**
   * Evaluates detections.
   *
   * @param truth what is there
   * @param detections what is claimed
   * @return the curves
   */
  public Result evaluate(TruthSet truth, List<Detection> detections) {
    Objects.requireNonNull(truth, "truth must not be null");
    Objects.requireNonNull(detections, "detections must not be null");
    Map<String, List<Detection>> byCategory = new LinkedHashMap<>();
    for (String category : truth.categories()) {
      byCategory.put(category, new ArrayList<>());
    }
    Map<String, Integer> unknown = new LinkedHashMap<>();
    Set<String> images = Set.copyOf(truth.images());
    Set<String> stray = new LinkedHashSet<>();
    for (Detection detection : detections) {
      List<Detection> known = byCategory.get(detection.category());
      if (known == null) {
        unknown.merge(detection.category(), 1, Integer::sum);
      } else {
        known.add(detection);
      }
      if (!images.contains(detection.image())) {
        stray.add(detection.image());
      }
    }
    Map<String, Map<String, List<TruthBox>>> targets = new HashMap<>();
    for (TruthBox box : truth.boxes()) {
      targets
          .computeIfAbsent(box.category(), key -> new HashMap<>())
          .computeIfAbsent(box.image(), key -> new ArrayList<>())
          .add(box);
    }
    Map<String, PrecisionRecallCurve> curves = new LinkedHashMap<>();
    byCategory.forEach((category, found) ->
        curves.put(category, curve(targets.getOrDefault(category, Map.of()), found)));
    return new Result(curves, unknown, stray);
  }

  private PrecisionRecallCurve curve(
      Map<String, List<TruthBox>> truth, List<Detection> detections) {
    Map<String, Targets> targets = new HashMap<>();
    int positives = 0;
    for (Map.Entry<String, List<TruthBox>> ofImage : truth.entrySet()) {
      targets.put(ofImage.getKey(), new Targets(ofImage.getValue()));
      positives += (int) ofImage.getValue().stream().filter(box -> !box.ignored()).count();
    }
    List<Detection> ordered = new ArrayList<>(detections);
    ordered.sort(Comparator.comparingDouble(Detection::score).reversed()); // stable
    double[] scores = new double[ordered.size()];
    boolean[] correct = new boolean[ordered.size()];
    int counted = 0;
    Targets none = new Targets(List.of());
    for (Detection detection : ordered) {
      Targets ofImage = targets.getOrDefault(detection.image(), none);
      int taken = ofImage.best(detection.box(), this);
      if (taken >= 0 && ofImage.boxes.get(taken).ignored()) {
        continue;
      }
      scores[counted] = detection.score();
      correct[counted++] = taken >= 0 && !ofImage.found[taken];
      if (taken >= 0) {
        ofImage.found[taken] = true;
      }
    }
    return new PrecisionRecallCurve(
        Arrays.copyOf(scores, counted), Arrays.copyOf(correct, counted), positives);
  }

  /** The objects of an image and whether they were found already. */
  private static final class Targets {
    private final List<TruthBox> boxes;
    private final boolean[] found;
    private final double[] lefts; // beside the boxes, so that most are passed over quickly
    private final double[] rights;

    Targets(List<TruthBox> boxes) {
      this.boxes = boxes;
      found = new boolean[boxes.size()];
      lefts = boxes.stream().mapToDouble(object -> object.box().left()).toArray();
      rights = boxes.stream().mapToDouble(object -> object.box().right()).toArray();
    }

    /** The object overlapped most, of equal ones the first; -1 if that is too little. */
    int best(Box box, VocEvaluator rules) {
      int best = -1;
      double most = 0;
      for (int i = 0; i < lefts.length; i++) {
        if (lefts[i] <= box.right() + 1 && rights[i] >= box.left() - 1) {
          double overlap = box.iou(boxes.get(i).box(), rules.pixels);
          if (overlap > most) {
            most = overlap;
            best = i;
          }
        }
      }
      return most >= rules.iou ? best : -1;
    }
  }
}
