/** The training of a detector: what determines it, its heads, its steps and its file. */
@NullMarked
package io.solvegrad.detection.training;

import org.jspecify.annotations.NullMarked;
