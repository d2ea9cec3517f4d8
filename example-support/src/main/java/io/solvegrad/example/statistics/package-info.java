/**
 * Tests of whether one way of training is better than another: over seeds, where whatever a seed
 * decides is common to both ({@link io.solvegrad.example.statistics.PairedTest}), and over the
 * classes or queries that were measured ({@link io.solvegrad.example.statistics.GroupBootstrap}).
 */
@NullMarked
package io.solvegrad.example.statistics;

import org.jspecify.annotations.NullMarked;
