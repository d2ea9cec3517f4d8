package io.solvegrad.spark;

import io.solvegrad.ejml.EmbeddingHead;

/**
 * The outcome of a training.
 *
 * @param head what was trained
 * @param losses of each step, the mean over the shards that have a batch
 * @param resumedAfter after how many steps an earlier run was taken up, 0 if it was not
 * @param rows how many there are
 * @param usedShards how many shards have a label with two rows or more, and so batches
 * @param silentShare of the lists with a loss, the share that had no gradient all the same
 * @param bytesToExecutor sent to each executor in the last step: weights, embeddings to remember
 * @param bytesToDriver received in the last step: gradients, embeddings to remember
 */
public record TrainedHead(
    EmbeddingHead head,
    double[] losses,
    int resumedAfter,
    long rows,
    int usedShards,
    double silentShare,
    long bytesToExecutor,
    long bytesToDriver) {}
