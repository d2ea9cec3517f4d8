/**
 * Round trips. Use {@link io.solvegrad.tour.TravellingSalesman} for the shortest tour through all
 * cities.
 */
@NullMarked
package io.solvegrad.tour;

import org.jspecify.annotations.NullMarked;
