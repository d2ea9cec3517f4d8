package io.solvegrad.evaluation.retrieval;

/**
 * The nearest candidates of one query, best first; equal similarities by lower gallery index.
 *
 * <p>Arrays are kept and handed out without a copy. Not modified.
 *
 * @param query the index of the query
 * @param items the gallery indices, fewer than asked for if there are fewer candidates
 * @param similarities their similarities
 */
public record Neighbors(int query, int[] items, float[] similarities) {}
