/**
 * The drawings a retrieval model learns from, and how a training step takes them.
 *
 * <p>Use {@link io.solvegrad.retrieval.data.IconCollection} for the drawings that come with the
 * build and {@link io.solvegrad.retrieval.data.FolderCollection} for your own, one folder per
 * class. Both give an {@link io.solvegrad.retrieval.data.ImageCollection}; {@link
 * io.solvegrad.retrieval.data.ClassSplit} sets whole classes aside for testing, {@link
 * io.solvegrad.retrieval.data.ClassSampler} says which images a step sees and {@link
 * io.solvegrad.retrieval.data.Augmentation} varies them. Sampler and augmentation are pure
 * functions of seed and step: a resumed run needs no state of theirs.
 */
@NullMarked
package io.solvegrad.retrieval.data;

import org.jspecify.annotations.NullMarked;
