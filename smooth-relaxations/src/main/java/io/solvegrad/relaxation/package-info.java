/** Differentiable approximations of rankings, the peers of the blackbox ranker. */
@NullMarked
package io.solvegrad.relaxation;

import org.jspecify.annotations.NullMarked;
