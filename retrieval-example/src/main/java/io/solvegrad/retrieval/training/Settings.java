package io.solvegrad.retrieval.training;

import io.solvegrad.example.training.Budget;
import io.solvegrad.retrieval.loss.LossSettings;

/**
 * All that determines a training besides the images.
 *
 * @param loss which loss, on cosines
 * @param memory how many former batches are candidates too
 * @param batch images in a step
 * @param perClass images of a class in a step
 * @param dimension length of an embedding
 * @param learningRate the largest of the schedule
 * @param weightDecay of the optimiser
 * @param augmentation strength, 0 to 1
 * @param validation share of the training classes that is not trained on but measured, or 0 to
 *     measure the test classes
 * @param seed of everything that is drawn
 * @param threads of the network and the loss
 * @param budget when to stop
 */
public record Settings(
    LossSettings loss,
    int memory,
    int batch,
    int perClass,
    int dimension,
    double learningRate,
    double weightDecay,
    double augmentation,
    double validation,
    long seed,
    int threads,
    Budget budget) {

  /** The same settings with another end. */
  Settings withBudget(Budget other) {
    return new Settings(
        loss,
        memory,
        batch,
        perClass,
        dimension,
        learningRate,
        weightDecay,
        augmentation,
        validation,
        seed,
        threads,
        other);
  }
}
