/**
 * Flows and cuts. Use {@link io.solvegrad.flow.MinimumCut} to separate two vertices of a network,
 * or to learn capacities from where its bottleneck is.
 */
@NullMarked
package io.solvegrad.flow;

import org.jspecify.annotations.NullMarked;
