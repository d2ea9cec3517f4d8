package io.solvegrad.boosting;

/**
 * What a boosting library needs of an objective for one round.
 *
 * @param gradient for each row, finite
 * @param hessian for each row, positive and finite
 * @param loss the loss, multiplied as the gradient
 */
public record GradientStep(float[] gradient, float[] hessian, double loss) {}
