/**
 * Retrieval metrics of galleries that lie on many machines, on Apache Spark.
 *
 * <p>When to use what: a gallery that fits into one machine's memory is searched faster by {@link
 * io.solvegrad.evaluation.retrieval.RetrievalEvaluator}. Beyond that {@link
 * io.solvegrad.spark.DistributedRetrieval} computes the same metrics, bit for bit, over DataFrames,
 * however they are partitioned.
 */
@NullMarked
package io.solvegrad.spark;

import org.jspecify.annotations.NullMarked;
