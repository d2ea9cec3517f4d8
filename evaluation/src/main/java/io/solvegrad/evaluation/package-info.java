/** Evaluates retrieval and ranking results against labels. */
@NullMarked
package io.solvegrad.evaluation;

import org.jspecify.annotations.NullMarked;
