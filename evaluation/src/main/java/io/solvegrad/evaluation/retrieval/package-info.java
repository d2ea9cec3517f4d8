/**
 * Exact retrieval metrics of embeddings: who finds what, at which rank.
 *
 * <p>When to use what: describe the question with a {@link
 * io.solvegrad.evaluation.retrieval.RetrievalTask} (one set searched by itself, or queries against
 * a gallery), pick {@link io.solvegrad.evaluation.retrieval.RetrievalMetric metrics} and let a
 * {@link io.solvegrad.evaluation.retrieval.RetrievalEvaluator} count. For a report that shows the
 * nearest items, ask the same evaluator for {@link
 * io.solvegrad.evaluation.retrieval.RetrievalEvaluator#neighbors neighbours}. What metric learning
 * papers call recall@k is {@code hitRate@k} here; {@code recall@k} is the share of the relevant
 * items that was found.
 */
@NullMarked
package io.solvegrad.evaluation.retrieval;

import org.jspecify.annotations.NullMarked;
