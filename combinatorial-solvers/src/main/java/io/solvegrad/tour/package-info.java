/**
 * Round trips. Use {@link io.solvegrad.tour.TravellingSalesman} for the shortest tour through all
 * cities when both directions of a way cost the same, and give it a time limit from some sixty
 * cities on. Tours in which directions differ or that have further rules are a matter for
 * io.solvegrad.program.
 */
@NullMarked
package io.solvegrad.tour;

import org.jspecify.annotations.NullMarked;
