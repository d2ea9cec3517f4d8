/**
 * The commands {@code solve} and {@code landscape}: learning through combinatorial solvers, and
 * pictures of why it works.
 */
@NullMarked
package io.solvegrad.learning;

import org.jspecify.annotations.NullMarked;
