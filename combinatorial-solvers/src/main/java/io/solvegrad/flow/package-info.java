/**
 * Flows and cuts. Use {@link io.solvegrad.flow.MinimumCut} to separate two vertices of a directed
 * network as cheaply as possible, and where capacities are to be learnt from the place of the
 * bottleneck or from the value of the maximum flow. Capacities must not be negative: keep costs
 * away from zero or put {@link io.solvegrad.solver.NonNegativeClamp} in front. Flows with costs,
 * with several sources or with other constraints are a matter for io.solvegrad.program.
 */
@NullMarked
package io.solvegrad.flow;

import org.jspecify.annotations.NullMarked;
