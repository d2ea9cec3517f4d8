/**
 * Mixed-integer programs. Use {@link io.solvegrad.program.MixedIntegerProgram} for problems that have
 * no solver of their own here. It needs OR-Tools (com.google.ortools:ortools-java) on the class
 * path, which the other packages do not.
 */
@NullMarked
package io.solvegrad.program;

import org.jspecify.annotations.NullMarked;
