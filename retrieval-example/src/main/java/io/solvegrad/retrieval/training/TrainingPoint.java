package io.solvegrad.retrieval.training;

/**
 * What a few steps of training were like.
 *
 * @param step the number of steps taken
 * @param seconds of training so far
 * @param loss the mean loss of the steps
 * @param batchHitRate the share of images of these batches whose nearest other-source image was of
 *     their class
 * @param zeroGradients the share of lists without a gradient
 */
public record TrainingPoint(
    long step, double seconds, double loss, double batchHitRate, double zeroGradients) {}
