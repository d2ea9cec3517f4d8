package io.solvegrad.retrieval.training;

import io.solvegrad.example.training.Budget;

/**
 * All that determines a training besides the images.
 *
 * @param loss which loss
 * @param lambda its interpolation strength, fixed or adaptive
 * @param margin by which relevant candidates must lead, in cosine
 * @param noise standard deviation of the Gaussian noise on scores, in cosine; 0 for none
 * @param rankings how many noisy rankings are averaged in a step
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
    LossChoice loss,
    LambdaChoice lambda,
    double margin,
    double noise,
    int rankings,
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
        lambda,
        margin,
        noise,
        rankings,
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
