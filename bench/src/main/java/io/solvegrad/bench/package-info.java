/** Measures the project against its peers. */
@NullMarked
package io.solvegrad.bench;

import org.jspecify.annotations.NullMarked;
