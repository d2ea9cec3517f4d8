package io.solvegrad.retrieval.report;

/**
 * How often a query finds its class among the nearest images.
 *
 * @param name what was measured, for example the trained net
 * @param at1 share of queries whose nearest image is of their class
 * @param at10 share with one among the nearest 10
 * @param at100 share with one among the nearest 100
 */
public record HitRates(String name, double at1, double at10, double at100) {}
