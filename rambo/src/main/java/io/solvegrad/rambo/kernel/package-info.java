/**
 * Exact ranks and blackbox gradients at the speed of memory.
 *
 * <p>Losses find these kernels by themselves; {@link io.solvegrad.rambo.kernel.KernelMode} is for
 * those who want a certain one. With {@code --add-modules jdk.incubator.vector} the loops run on
 * the Vector API, without it on plain Java. All give the bits of {@link
 * io.solvegrad.ranking.ScalarRankKernel}; scores in double precision go to it.
 *
 * <p>Where only the relevant candidates carry a derivative, only they move between the two rankings
 * of the blackbox gradient, so no list has to be sorted: a candidate that stays changes its rank by
 * the number of movers that pass it. Few movers are compared with every candidate in one pass; many
 * are sorted and each candidate finds its place among them in a table; only where most of a list
 * moves are there two full rankings.
 */
@NullMarked
package io.solvegrad.rambo.kernel;

import org.jspecify.annotations.NullMarked;
