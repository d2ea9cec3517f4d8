package io.solvegrad.detection.training;

import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.LambdaChoice;

/**
 * All that determines a training besides the pictures.
 *
 * @param head which loss trains the classification
 * @param lambda interpolation strength of the AP head
 * @param margin by which positive cells must lead in the AP head
 * @param interclass beta, the share of the ranking across classes in the AP head
 * @param memory how many former batches the AP head ranks too
 * @param classWeight what the gradient of the classification is multiplied by, beside that of the
 *     boxes
 * @param batch pictures in a step
 * @param side width and height of the network's input
 * @param learningRate the largest of the schedule
 * @param weightDecay of the optimiser
 * @param variation strength of the variations of pictures
 * @param scenes how many icon scenes there are to train on
 * @param validation whether the pictures for choosing settings are measured
 * @param seed of everything that is drawn
 * @param threads of the network and the loss
 * @param budget when to stop
 */
public record Settings(
    Head head,
    LambdaChoice lambda,
    double margin,
    double interclass,
    int memory,
    double classWeight,
    int batch,
    int side,
    double learningRate,
    double weightDecay,
    double variation,
    int scenes,
    boolean validation,
    long seed,
    int threads,
    Budget budget) {

  /**
   * {@return the same settings with another end}
   *
   * @param other when to stop
   */
  public Settings withBudget(Budget other) {
    return new Settings(
        head,
        lambda,
        margin,
        interclass,
        memory,
        classWeight,
        batch,
        side,
        learningRate,
        weightDecay,
        variation,
        scenes,
        validation,
        seed,
        threads,
        other);
  }
}
