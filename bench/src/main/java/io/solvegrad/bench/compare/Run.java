package io.solvegrad.bench.compare;

/**
 * One training.
 *
 * @param variant how
 * @param seed of all that is drawn
 * @param steps when it ends
 * @param opensTest whether the test classes are measured at the end
 */
record Run(Variant variant, long seed, long steps, boolean opensTest) {}
