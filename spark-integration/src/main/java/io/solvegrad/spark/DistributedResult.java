package io.solvegrad.spark;

import io.solvegrad.evaluation.retrieval.RetrievalResult;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The outcome of an evaluation.
 *
 * @param summary averages over queries and classes; its lone queries are positions in ascending
 *     order of query ids, its class ids are positions in {@code labels}
 * @param labels the distinct labels of the queries, ascending, whole numbers as Long
 * @param perQuery one row for each query in ascending order of ids: the id and a column for each
 *     metric, null for a query without a relevant candidate
 */
public record DistributedResult(RetrievalResult summary, List<?> labels, Dataset<Row> perQuery) {}
