/**
 * A small one-stage detector: the network, what its cells are to say, and how boxes come out of
 * what they say.
 */
@NullMarked
package io.solvegrad.detection.model;

import org.jspecify.annotations.NullMarked;
