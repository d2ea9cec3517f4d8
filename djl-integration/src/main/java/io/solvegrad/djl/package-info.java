/** Carries ranking losses into models of the Deep Java Library. */
@NullMarked
package io.solvegrad.djl;

import org.jspecify.annotations.NullMarked;
