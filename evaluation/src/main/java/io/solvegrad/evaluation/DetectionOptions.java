package io.solvegrad.evaluation;

import io.solvegrad.evaluation.detection.CocoFiles;
import io.solvegrad.evaluation.detection.CocoFiles.Instances;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.evaluation.detection.ImageList;
import io.solvegrad.evaluation.detection.ImageSize;
import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.detection.PixelConvention;
import io.solvegrad.evaluation.detection.TextBoxes;
import io.solvegrad.evaluation.detection.TruthSet;
import io.solvegrad.evaluation.detection.VocFiles;
import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Evaluates detections: plain text, Pascal VOC or COCO files, by VOC's or COCO's rules. */
final class DetectionOptions {
  @Option(
      names = "--truth",
      paramLabel = "PATH",
      description = "True boxes: a folder, for coco a JSON file or a folder with one.")
  @Nullable Path truth;

  @Option(
      names = "--detections",
      paramLabel = "PATH",
      description = "Detected boxes: a folder, for coco a JSON file or a folder with one.")
  @Nullable Path detections;

  /** How boxes are written. */
  enum Format {
    LTRB,
    XYWH,
    CXCYWH,
    VOC,
    COCO
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Of the true boxes: ltrb, xywh or cxcywh (text, one file an image), voc (XML) or coco (JSON). "
              + "Never guessed.")
  @Nullable Format format;

  @Option(
      names = "--detections-format",
      paramLabel = "FORMAT",
      description = "Of the detections, if it is another.")
  @Nullable Format detectionsFormat;

  @Option(
      names = "--relative",
      description = "Text boxes are shares of the image's width and height.")
  boolean relative;

  @Option(
      names = "--image-size",
      paramLabel = "WxH",
      description = "The size of all images, for text boxes.")
  @Nullable String imageSize;

  @Option(
      names = "--image-set",
      paramLabel = "NAME",
      description = "For voc: evaluate the images of ImageSets/Main/NAME.txt.")
  @Nullable String imageSet;

  @Option(
      names = "--images",
      paramLabel = "F",
      description = "Evaluate only these images: names without ending, for coco ids, one a line.")
  @Nullable Path images;

  @Option(
      names = "--iou",
      paramLabel = "X",
      description =
          "The overlap of a correct detection. Default: 0.5 by VOC's rules, 0.50 to 0.95 by COCO's.")
  @Nullable Double iou;

  /** Whose rules. */
  enum Rules {
    VOC,
    COCO
  }

  @Option(
      names = "--rules",
      paramLabel = "WHOSE",
      description = "voc or coco. Default: coco for --format coco, else voc.")
  @Nullable Rules rules;

  @Option(
      names = "--pixels",
      paramLabel = "HOW",
      description =
          "Whether the last pixel belongs to a box (inclusive: 1 is added to sizes, as VOC does) or not "
              + "(continuous). Default: inclusive by VOC's rules, continuous for coco and for relative boxes "
              + "without --image-size.")
  @Nullable PixelConvention pixels;

  @Option(
      names = "--outside",
      paramLabel = "HOW",
      description =
          "Boxes outside the image: reject (true boxes by more than a pixel, detections wholly outside), "
              + "clip or keep. Default: reject.")
  Outside outside = Outside.REJECT;

  @Option(names = "--curves", description = "Add precision and recall curves to the JSON.")
  boolean curves;

  Report evaluate(CommonOptions common) throws IOException {
    if (truth == null || detections == null || format == null) {
      throw new IllegalArgumentException("--truth, --detections and --format go together");
    }
    if (iou != null && !(iou > 0 && iou <= 1)) {
      throw new IllegalArgumentException("--iou " + iou + " is not above 0 and at most 1");
    }
    if (common.perQuery || common.ties != null) {
      throw new IllegalArgumentException(
          "--per-query and --ties are not for detections, whose ties keep the order of the files");
    }
    if (curves && !common.json) {
      throw new IllegalArgumentException("--curves needs --json");
    }
    Format claimed = detectionsFormat == null ? format : detectionsFormat;
    if ((format == Format.COCO) != (claimed == Format.COCO)) {
      throw new IllegalArgumentException(
          "coco calls images by ids, so both --truth and --detections must be coco");
    }
    Instances instances = format == Format.COCO ? CocoFiles.readTruth(json(truth), outside) : null;
    TruthSet set = instances == null ? truth(format, truth) : instances.set();
    List<Detection> found =
        instances != null
            ? CocoFiles.readDetections(json(detections), instances, outside)
            : claimed == Format.VOC
                ? VocFiles.readDetections(detections, set, outside)
                : textBoxes(claimed).readDetections(detections);
    checkMeeting(set, found);
    if (images != null) {
      Set<String> chosen = ImageList.read(images, set);
      set = set.within(chosen);
      found = found.stream().filter(one -> chosen.contains(one.image())).toList();
    }
    Rules chosen = rules != null ? rules : format == Format.COCO ? Rules.COCO : Rules.VOC;
    return chosen == Rules.COCO
        ? DetectionReports.coco(inImages(set, found), found, iou, curves, common.metrics)
        : DetectionReports.voc(
            set, found, iou == null ? 0.5 : iou, pixels(), curves, common.metrics);
  }

  private TruthSet truth(Format kind, Path folder) throws IOException {
    if (kind == Format.VOC) {
      return VocFiles.readTruth(folder, imageSet, outside);
    }
    if (imageSet != null) {
      throw new IllegalArgumentException("--image-set is for --format voc");
    }
    return textBoxes(kind).readTruth(folder);
  }

  private TextBoxes textBoxes(Format kind) {
    TextBoxes.Format text =
        switch (kind) {
          case LTRB -> TextBoxes.Format.LTRB;
          case XYWH -> TextBoxes.Format.XYWH;
          case CXCYWH -> TextBoxes.Format.CXCYWH;
          case VOC, COCO -> throw new IllegalArgumentException(Names.lower(kind) + " is no text");
        };
    if (relative && pixels == PixelConvention.INCLUSIVE && imageSize == null) {
      throw new IllegalArgumentException(
          "relative boxes need --image-size before pixels can be counted");
    }
    return new TextBoxes(text, relative, size(), outside);
  }

  private @Nullable ImageSize size() {
    if (imageSize == null) {
      return null;
    }
    if (!imageSize.matches("[1-9]\\d{0,8}[xX,][1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          "--image-size " + imageSize + " is not of the form 640x480");
    }
    String[] sides = imageSize.split("[xX,]", 2);
    return new ImageSize(Double.parseDouble(sides[0]), Double.parseDouble(sides[1]));
  }

  private PixelConvention pixels() {
    boolean continuous = (relative && imageSize == null) || format == Format.COCO;
    return pixels != null
        ? pixels
        : continuous ? PixelConvention.CONTINUOUS : PixelConvention.INCLUSIVE;
  }

  private void checkMeeting(TruthSet set, List<Detection> found) {
    Set<String> images = new HashSet<>(set.images());
    if (!found.isEmpty() && found.stream().noneMatch(one -> images.contains(one.image()))) {
      throw new IllegalArgumentException(
          "no detection in %s is in an image of %s: first are '%s' and '%s'"
              .formatted(detections, truth, found.getFirst().image(), set.images().getFirst()));
    }
  }

  /** COCO's rules know no image but those of the truth; others get a place at the end. */
  private static TruthSet inImages(TruthSet set, List<Detection> found) {
    Set<String> images = new LinkedHashSet<>(set.images());
    found.forEach(detection -> images.add(detection.image()));
    return new TruthSet(List.copyOf(images), set.categories(), set.boxes(), set.sizes());
  }

  private static Path json(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return path;
    }
    List<Path> files = Folders.files(path, ".json");
    if (files.size() != 1) {
      throw new FileFormatException(
          path, "holds " + files.size() + " files *.json. Maybe name one of them?");
    }
    return files.getFirst();
  }
}
