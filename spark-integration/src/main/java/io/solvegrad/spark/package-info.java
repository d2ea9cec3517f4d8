/**
 * Retrieval metrics, embedding heads and trees over rows that lie on many machines, on Apache
 * Spark.
 *
 * <p>When to use what: what fits into one machine's memory is done faster there, by {@link
 * io.solvegrad.evaluation.retrieval.RetrievalEvaluator}, {@link io.solvegrad.ejml.HeadTraining} and
 * {@link io.solvegrad.xgboost.RankingObjective}. Beyond that {@link
 * io.solvegrad.spark.DistributedRetrieval} computes the same metrics, bit for bit, over DataFrames,
 * however they are partitioned; {@link io.solvegrad.spark.DistributedHeadTraining} trains a head by
 * any loss, with the same bits for any number of executors; {@link
 * io.solvegrad.spark.DistributedRanker} lets XGBoost's Spark ranker learn by any loss.
 */
@NullMarked
package io.solvegrad.spark;

import org.jspecify.annotations.NullMarked;
