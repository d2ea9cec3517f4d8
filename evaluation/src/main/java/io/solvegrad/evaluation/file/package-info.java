/**
 * Reading files that others wrote: text by lines, NumPy arrays, IDX arrays; writing NumPy's.
 *
 * <p>When to use what: {@link io.solvegrad.evaluation.file.TextFile} for anything made of lines and
 * fields, {@link io.solvegrad.evaluation.file.NpyFile} for embeddings and labels saved by NumPy,
 * {@link io.solvegrad.evaluation.file.IdxFile} for MNIST and its relatives. Every reader answers a
 * malformed file with a {@link io.solvegrad.evaluation.file.FileFormatException} that names file,
 * place and value, and checks sizes before it takes memory.
 */
@NullMarked
package io.solvegrad.evaluation.file;

import org.jspecify.annotations.NullMarked;
