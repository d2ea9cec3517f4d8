/**
 * What a run leaves behind for people to look at.
 *
 * <p>Fill a {@link io.solvegrad.retrieval.report.RetrievalReport} and let it write {@code
 * report.html}, which needs no other file, and {@code training-curve.png}. {@link
 * io.solvegrad.example.AtomicFiles} writes any file so that an interrupted run leaves the old one
 * or none, never half of one; results and models go through it too.
 */
@NullMarked
package io.solvegrad.retrieval.report;

import org.jspecify.annotations.NullMarked;
