/**
 * What every example program needs around its training: files that are whole or not there ({@link
 * io.solvegrad.example.AtomicFiles}), exit codes and sentences for failures ({@link
 * io.solvegrad.example.CommandFailures}), progress for terminals and logs ({@link
 * io.solvegrad.example.ProgressDisplay}), random numbers that belong to a place ({@link
 * io.solvegrad.example.RandomStream}).
 */
@NullMarked
package io.solvegrad.example;

import org.jspecify.annotations.NullMarked;
