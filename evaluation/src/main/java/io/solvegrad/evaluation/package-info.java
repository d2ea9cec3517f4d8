/**
 * The {@code evaluate} command: metrics of rankings, embeddings and detections kept in files.
 *
 * <p>When to use what: {@link io.solvegrad.evaluation.EvaluateCommand} on a command line; from a
 * program use {@link io.solvegrad.evaluation.retrieval} for embeddings, {@link
 * io.solvegrad.evaluation.ranking} for ranked lists with graded labels and {@link
 * io.solvegrad.evaluation.detection} for boxes, with the readers in {@link
 * io.solvegrad.evaluation.file} and {@link io.solvegrad.evaluation.collection}. {@link
 * io.solvegrad.evaluation.SelfTest} recomputes published numbers of other evaluators.
 */
@NullMarked
package io.solvegrad.evaluation;

import org.jspecify.annotations.NullMarked;
