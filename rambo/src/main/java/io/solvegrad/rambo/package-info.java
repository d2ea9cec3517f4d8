/** Trains through exact rankings with blackbox gradients (Rolinek et al., CVPR 2020). */
@NullMarked
package io.solvegrad.rambo;

import org.jspecify.annotations.NullMarked;
