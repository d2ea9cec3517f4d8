package io.solvegrad.evaluation.detection;

import io.solvegrad.evaluation.detection.CocoEvaluator.AreaRange;
import io.solvegrad.evaluation.detection.CocoEvaluator.Match;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The objects and detections of one category in one image, and who takes whom. */
final class CocoImage {
  private static final int MOST_DETECTIONS = 100;
  private static final double LARGEST_BELOW_ONE = 1 - 1e-10;

  final List<TruthBox> truth = new ArrayList<>();
  final List<Detection> detections = new ArrayList<>();
  private Overlaps[] ious = {};

  /** The objects that a detection overlaps enough for the lowest threshold, in their order. */
  private record Overlaps(int[] objects, double[] ious) {}

  /**
   * To be called once, when all objects and detections are in: keeps the best detections, best
   * first, and the overlaps of at least the lowest threshold.
   */
  void prepare(double lowest) {
    detections.sort(Comparator.comparingDouble(Detection::score).reversed()); // stable
    if (detections.size() > MOST_DETECTIONS) {
      detections.subList(MOST_DETECTIONS, detections.size()).clear();
    }
    double least = Math.min(lowest, LARGEST_BELOW_ONE);
    ious = detections.stream().map(one -> overlaps(one.box(), least)).toArray(Overlaps[]::new);
  }

  private Overlaps overlaps(Box box, double least) {
    double[] enough = new double[truth.size()];
    int[] objects = new int[truth.size()];
    int count = 0;
    for (int g = 0; g < objects.length; g++) {
      TruthBox object = truth.get(g);
      double overlap =
          object.crowd()
              ? box.shareInside(object.box())
              : box.iou(object.box(), PixelConvention.CONTINUOUS);
      if (overlap >= least) {
        objects[count] = g;
        enough[count++] = overlap;
      }
    }
    return new Overlaps(Arrays.copyOf(objects, count), Arrays.copyOf(enough, count));
  }

  /** Adds what became of each detection; returns the number of objects that count. */
  int match(AreaRange range, double[] overlaps, List<Match> matches) {
    int n = truth.size();
    boolean[] ignored = new boolean[n];
    int positives = 0;
    for (int g = 0; g < n; g++) {
      ignored[g] = truth.get(g).ignored() || !range.contains(truth.get(g).area());
      positives += ignored[g] ? 0 : 1;
    }
    int[] matched = new int[detections.size()];
    int[] ignoredDetections = new int[detections.size()];
    for (int t = 0; t < overlaps.length; t++) {
      boolean[] taken = new boolean[n];
      for (int d = 0; d < matched.length; d++) {
        int g = choose(ious[d], ignored, taken, overlaps[t]);
        if (g >= 0) {
          taken[g] = true;
          matched[d] |= 1 << t;
        }
        boolean counts = g >= 0 ? !ignored[g] : range.contains(detections.get(d).box().area());
        ignoredDetections[d] |= counts ? 0 : 1 << t;
      }
    }
    for (int d = 0; d < matched.length; d++) {
      matches.add(new Match(detections.get(d).score(), d, matched[d], ignoredDetections[d]));
    }
    return positives;
  }

  /**
   * The free object with the largest overlap, of equal ones the last; an ignored one only if none
   * that counts fits.
   */
  private int choose(Overlaps overlaps, boolean[] ignored, boolean[] taken, double least) {
    int chosen = best(overlaps, ignored, taken, least, false);
    return chosen >= 0 ? chosen : best(overlaps, ignored, taken, least, true);
  }

  private int best(
      Overlaps overlaps, boolean[] ignored, boolean[] taken, double least, boolean among) {
    double most = Math.min(least, LARGEST_BELOW_ONE);
    int chosen = -1;
    for (int i = 0; i < overlaps.objects.length; i++) {
      int g = overlaps.objects[i];
      if (overlaps.ious[i] >= most && ignored[g] == among && (!taken[g] || truth.get(g).crowd())) {
        most = overlaps.ious[i];
        chosen = g;
      }
    }
    return chosen;
  }
}
