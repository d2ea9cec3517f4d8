/**
 * What a detector learns from: pictures with boxes around their objects.
 *
 * <p>{@link io.solvegrad.detection.data.DataFolder} reads Pascal VOC and COCO folders. {@link
 * io.solvegrad.detection.data.SceneFolder} writes such a folder of {@linkplain
 * io.solvegrad.detection.data.IconScenes scenes with icons}, so that real data and the scenes take
 * the same way. {@link io.solvegrad.detection.data.Variation} varies pictures for a training step.
 */
@NullMarked
package io.solvegrad.detection.data;

import org.jspecify.annotations.NullMarked;
