/** The page of a run of {@code solve}. */
@NullMarked
package io.solvegrad.learning.report;

import org.jspecify.annotations.NullMarked;
