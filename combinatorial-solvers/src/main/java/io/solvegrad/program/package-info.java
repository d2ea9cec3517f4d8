/**
 * Mixed-integer programs. Use {@link io.solvegrad.program.MixedIntegerProgram} for problems that
 * have no solver of their own here, or have one but with further constraints; a solver of its own
 * is faster by orders of magnitude. It needs OR-Tools (com.google.ortools:ortools-java) and its
 * natives on the class path, which the other packages do not.
 */
@NullMarked
package io.solvegrad.program;

import org.jspecify.annotations.NullMarked;
