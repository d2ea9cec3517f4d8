/**
 * The training of a small convolutional embedding by a ranking loss: the network, the optimiser,
 * the loop and its checkpoints. An example of how the library is used from DJL without its training
 * helpers.
 */
@NullMarked
package io.solvegrad.retrieval.training;

import org.jspecify.annotations.NullMarked;
