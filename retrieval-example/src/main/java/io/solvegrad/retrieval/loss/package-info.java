/**
 * The losses of the library by name, as a command line or a saved model names them: {@link
 * io.solvegrad.retrieval.loss.LossChoice} is the name with its parameters, {@link
 * io.solvegrad.retrieval.loss.LossCatalogue} what there is to choose from, {@link
 * io.solvegrad.retrieval.loss.LossSettings} the choice with lambda, margin and noise, {@link
 * io.solvegrad.retrieval.loss.TrainedLoss} the loss of one training.
 */
@NullMarked
package io.solvegrad.retrieval.loss;

import org.jspecify.annotations.NullMarked;
