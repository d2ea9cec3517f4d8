/**
 * Metrics of ranked lists with graded labels, as learning to rank and information retrieval use
 * them.
 *
 * <p>When to use what: a {@link io.solvegrad.evaluation.ranking.JudgedRanking} is one query's
 * ranking with its labels, made from arrays, from {@linkplain
 * io.solvegrad.evaluation.ranking.TrecFiles TREC files} or from {@linkplain
 * io.solvegrad.evaluation.ranking.LibsvmFiles libsvm files}; {@link
 * io.solvegrad.evaluation.ranking.RankingMetric RankingMetrics} turn it into numbers, and {@link
 * io.solvegrad.evaluation.ranking.RankingMetrics} finds a metric by the name that trec_eval, ranx,
 * ir_measures or this project gave it. {@link io.solvegrad.evaluation.ranking.TieRule} decides who
 * stands first among equal scores. Embeddings are evaluated by {@link
 * io.solvegrad.evaluation.retrieval}, which never lists all pairs.
 */
@NullMarked
package io.solvegrad.evaluation.ranking;

import org.jspecify.annotations.NullMarked;
