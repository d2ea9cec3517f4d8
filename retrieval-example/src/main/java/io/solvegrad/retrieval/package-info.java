/** Learns to find drawings of the same thing by optimising recall itself. */
@NullMarked
package io.solvegrad.retrieval;

import org.jspecify.annotations.NullMarked;
