/**
 * Pieces of a DJL training that can be saved and continued to the last bit: an optimiser whose
 * state can be written, a schedule, and a file with checksums.
 */
@NullMarked
package io.solvegrad.example.training;

import org.jspecify.annotations.NullMarked;
