/**
 * Average precision of object detectors, as Pascal VOC and as COCO define it.
 *
 * <p>When to use what: readers ({@link io.solvegrad.evaluation.detection.TextBoxes}, {@link
 * io.solvegrad.evaluation.detection.VocFiles}, {@link io.solvegrad.evaluation.detection.CocoFiles})
 * give a {@link io.solvegrad.evaluation.detection.TruthSet} and detections. {@link
 * io.solvegrad.evaluation.detection.VocEvaluator} computes AP at one overlap with the 11-point or
 * the area rule and the curves; {@link io.solvegrad.evaluation.detection.CocoEvaluator} the twelve
 * COCO numbers. The two differ in which truth a detection takes, in the pixel convention and in
 * what is ignored, so their numbers are never mixed.
 */
@NullMarked
package io.solvegrad.evaluation.detection;

import org.jspecify.annotations.NullMarked;
