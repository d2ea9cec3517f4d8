package io.solvegrad.evaluation.detection;

import io.solvegrad.evaluation.detection.CocoEvaluator.AreaRange;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * COCO's numbers for all categories. A number over nothing (no object of that size anywhere) is -1,
 * as in COCO's own output.
 *
 * <p>Arrays are kept and handed out without a copy. Not modified.
 *
 * @param overlaps the intersections over union evaluated
 * @param categories precision and recall of each category and area range
 */
public record CocoResult(double[] overlaps, Map<String, Map<AreaRange, CocoCurves>> categories) {

  /** Checks that nothing is missing. */
  public CocoResult {
    Objects.requireNonNull(overlaps, "overlaps must not be null");
    Objects.requireNonNull(categories, "categories must not be null");
  }

  /**
   * The mean over categories and overlaps of the average precision.
   *
   * @param range the areas looked at
   * @return AP, -1 if there is no object
   */
  public double ap(AreaRange range) {
    Objects.requireNonNull(range, "range must not be null");
    return mean(range, curves -> Arrays.stream(curves.ap()));
  }

  /**
   * The mean over categories of the average precision at one overlap.
   *
   * @param overlap an overlap that was evaluated, up to 1e-9
   * @return AP, -1 if there is no object or the overlap was not evaluated
   */
  public double apAt(double overlap) {
    for (int t = 0; t < overlaps.length; t++) {
      if (Math.abs(overlaps[t] - overlap) < 1e-9) {
        int at = t;
        return mean(AreaRange.ALL, curves -> DoubleStream.of(curves.ap()[at]));
      }
    }
    return -1;
  }

  /**
   * The mean over categories and overlaps of the largest recall.
   *
   * @param range the areas looked at
   * @param most how many detections of an image and category count: 1, 10 or 100
   * @return AR, -1 if there is no object
   * @throws IllegalArgumentException if most is another number
   */
  public double ar(AreaRange range, int most) {
    Objects.requireNonNull(range, "range must not be null");
    int m = Arrays.binarySearch(CocoCurves.MOST_DETECTIONS, most);
    if (m < 0) {
      throw new IllegalArgumentException("most = " + most + ", must be 1, 10 or 100");
    }
    return mean(range, curves -> Arrays.stream(curves.recall()[m]));
  }

  /**
   * The numbers that COCO reports, by the names it gives them.
   *
   * @return AP, AP50 and AP75 where evaluated, AP by size, AR by number of detections and by size
   */
  public Map<String, Double> summary() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("AP", ap(AreaRange.ALL));
    if (overlaps.length > 1) {
      numbers.put("AP50", apAt(0.5));
      numbers.put("AP75", apAt(0.75));
    }
    numbers.put("APsmall", ap(AreaRange.SMALL));
    numbers.put("APmedium", ap(AreaRange.MEDIUM));
    numbers.put("APlarge", ap(AreaRange.LARGE));
    for (int most : new int[] {1, 10, 100}) {
      numbers.put("AR" + most, ar(AreaRange.ALL, most));
    }
    numbers.put("ARsmall", ar(AreaRange.SMALL, 100));
    numbers.put("ARmedium", ar(AreaRange.MEDIUM, 100));
    numbers.put("ARlarge", ar(AreaRange.LARGE, 100));
    return numbers;
  }

  private double mean(AreaRange range, Function<CocoCurves, DoubleStream> values) {
    return categories.values().stream()
        .flatMap(curves -> Stream.ofNullable(curves.get(range)))
        .flatMapToDouble(values)
        .filter(value -> value > -1)
        .average()
        .orElse(-1);
  }
}
