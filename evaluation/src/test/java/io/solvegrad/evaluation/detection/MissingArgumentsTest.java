package io.solvegrad.evaluation.detection;

import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.detection.TextBoxes.Format;
import io.solvegrad.process.MissingArguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class MissingArgumentsTest extends MissingArguments {
  private static final Path FILE = Path.of("file");
  private static final Box BOX = Box.ofCorners(0, 0, 1, 1);
  private static final TruthSet TRUTH = TruthSet.of(List.of(new TruthBox("i", "c", BOX)));
  private static final List<Detection> NONE = List.of();

  private void boxes() {
    List<String> names = List.of();
    call("other", () -> BOX.iou(missing(), PixelConvention.INCLUSIVE));
    call("pixels", () -> BOX.iou(BOX, missing()));
    call("image", () -> new Detection(missing(), "c", BOX, 1));
    call("category", () -> new Detection("i", missing(), BOX, 1));
    call("box", () -> new Detection("i", "c", missing(), 1));
    call("image", () -> new TruthBox(missing(), "c", BOX));
    call("category", () -> new TruthBox("i", missing(), BOX));
    call("box", () -> new TruthBox("i", "c", missing()));
    call("image", () -> new TruthBox(missing(), "c", BOX, false, false, 1));
    call("category", () -> new TruthBox("i", missing(), BOX, false, false, 1));
    call("box", () -> new TruthBox("i", "c", missing(), false, false, 1));
    call("images", () -> new TruthSet(missing(), names, List.of(), Map.of()));
    call("categories", () -> new TruthSet(names, missing(), List.of(), Map.of()));
    call("boxes", () -> new TruthSet(names, names, missing(), Map.of()));
    call("sizes", () -> new TruthSet(names, names, List.of(), missing()));
    call("chosen", () -> TRUTH.within(missing()));
    call("boxes", () -> TruthSet.of(missing()));
  }

  private void evaluators() {
    VocEvaluator voc = new VocEvaluator(0.5, PixelConvention.INCLUSIVE);
    CocoEvaluator coco = CocoEvaluator.standard();
    CocoResult result = coco.evaluate(TRUTH, NONE);
    double[] row = {0.5};
    double[][] rows = {row};
    call("pixels", () -> new VocEvaluator(0.5, missing()));
    call("truth", () -> voc.evaluate(missing(), NONE));
    call("detections", () -> voc.evaluate(TRUTH, missing()));
    call("curves", () -> new VocEvaluator.Result(missing(), Map.of(), Set.of()));
    call("unknown", () -> new VocEvaluator.Result(Map.of(), missing(), Set.of()));
    call("strayImages", () -> new VocEvaluator.Result(Map.of(), Map.of(), missing()));
    call("overlaps", () -> new CocoEvaluator(missing()));
    call("truth", () -> coco.evaluate(missing(), NONE));
    call("detections", () -> coco.evaluate(TRUTH, missing()));
    call("overlaps", () -> new CocoResult(missing(), Map.of()));
    call("categories", () -> new CocoResult(row, missing()));
    call("range", () -> result.ap(missing()));
    call("range", () -> result.ar(missing(), 100));
    call("precision", () -> new CocoCurves(1, missing(), row, rows));
    call("ap", () -> new CocoCurves(1, rows, missing(), rows));
    call("recall", () -> new CocoCurves(1, rows, row, missing()));
    call("scores", () -> new PrecisionRecallCurve(missing(), new boolean[1], 1));
    call("correct", () -> new PrecisionRecallCurve(row, missing(), 1));
  }

  private void files() {
    Outside reject = Outside.REJECT;
    TextBoxes text = new TextBoxes(Format.LTRB, false, null, reject);
    CocoFiles.Instances instances = new CocoFiles.Instances(TRUTH, Map.of(), Map.of());
    call("format", () -> new TextBoxes(missing(), false, null, reject));
    call("outside", () -> new TextBoxes(Format.LTRB, false, null, missing()));
    call("folder", () -> text.readTruth(missing()));
    call("folder", () -> text.readDetections(missing()));
    call("file", () -> ImageList.read(missing(), TRUTH));
    call("truth", () -> ImageList.read(FILE, missing()));
    call("set", () -> new CocoFiles.Instances(missing(), Map.of(), Map.of()));
    call("names", () -> new CocoFiles.Instances(TRUTH, missing(), Map.of()));
    call("files", () -> new CocoFiles.Instances(TRUTH, Map.of(), missing()));
    call("file", () -> CocoFiles.readTruth(missing(), reject));
    call("outside", () -> CocoFiles.readTruth(FILE, missing()));
    call("file", () -> CocoFiles.readDetections(missing(), instances, reject));
    call("instances", () -> CocoFiles.readDetections(FILE, missing(), reject));
    call("outside", () -> CocoFiles.readDetections(FILE, instances, missing()));
    call("folder", () -> VocFiles.readTruth(missing(), null, reject));
    call("outside", () -> VocFiles.readTruth(FILE, null, missing()));
    call("folder", () -> VocFiles.readDetections(missing(), TRUTH, reject));
    call("truth", () -> VocFiles.readDetections(FILE, missing(), reject));
    call("outside", () -> VocFiles.readDetections(FILE, TRUTH, missing()));
  }

  @Override
  protected void calls() {
    boxes();
    evaluators();
    files();
  }
}
