/** What a run leaves behind for people to look at. */
@NullMarked
package io.solvegrad.detection.report;

import org.jspecify.annotations.NullMarked;
