/**
 * The detection example: trains a small object detector whose classification learns from average
 * precision itself, and measures it as Pascal VOC and COCO do. Start at {@link
 * io.solvegrad.detection.DetectCommand}.
 */
@NullMarked
package io.solvegrad.detection;

import org.jspecify.annotations.NullMarked;
