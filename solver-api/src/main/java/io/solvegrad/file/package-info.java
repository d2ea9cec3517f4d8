/** Files that are whole at any time. */
@NullMarked
package io.solvegrad.file;

import org.jspecify.annotations.NullMarked;
