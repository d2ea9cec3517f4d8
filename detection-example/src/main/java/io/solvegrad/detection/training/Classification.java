package io.solvegrad.detection.training;

import io.solvegrad.rambo.ScoreMemory;
import io.solvegrad.ranking.RankingLoss;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a classification head and what it remembers.
 *
 * @param loss on a matrix of cells and classes
 * @param memory former scores, or null if it has none
 */
record Classification(RankingLoss loss, @Nullable ScoreMemory memory) {}
