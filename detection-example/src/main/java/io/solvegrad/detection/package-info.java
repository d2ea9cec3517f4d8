/** Learns to rank detections by optimising average precision. */
@NullMarked
package io.solvegrad.detection;

import org.jspecify.annotations.NullMarked;
