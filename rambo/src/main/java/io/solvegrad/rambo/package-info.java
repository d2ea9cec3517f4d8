/**
 * RaMBO: rank metrics themselves as losses, through the blackbox gradient of the exact ranking.
 *
 * <p>{@link io.solvegrad.rambo.BlackboxRanker} composes with every metric of {@link
 * io.solvegrad.ranking}: {@code MetricLoss.of(Recall.logLog(), new
 * BlackboxRanker(Lambda.plain(100))).margin(0.05)} is the loss for retrieval. For classes over a
 * batch use {@link io.solvegrad.rambo.ClassAveragePrecision}. Small batches rank too easily:
 * enlarge them with remembered scores ({@link io.solvegrad.rambo.ScoreMemory}) or, for retrieval,
 * remembered embeddings ({@link io.solvegrad.rambo.EmbeddingMemory}).
 *
 * <h2>Saved memories</h2>
 *
 * <p>Both memories are saved in one format, all numbers big-endian. A file is written beside its
 * place and then moved there; one that is of another kind, version or shape, cut short or damaged
 * is refused with a sentence, and the memory keeps what it had.
 *
 * <table>
 *   <caption>A memory file</caption>
 *   <tr><th>bytes</th><th>content</th></tr>
 *   <tr><td>4</td><td>0x53474D45, "SGME"</td></tr>
 *   <tr><td>4</td><td>int, version of the format: 1</td></tr>
 *   <tr><td>4</td><td>int, kind: 1 embeddings, 2 scores</td></tr>
 *   <tr><td>4</td><td>int, bits of a score or component: 32 or 64</td></tr>
 *   <tr><td>4</td><td>int, capacity in rows</td></tr>
 *   <tr><td>4</td><td>int, columns: length of an embedding, number of classes</td></tr>
 *   <tr><td>4</td><td>int, rows that follow, at most the capacity</td></tr>
 *   <tr><td></td><td>the rows, oldest first. An embedding: int class, int source, the components
 *       as floats. A row of scores: for each class the score as float or double, double label,
 *       double weight, one byte that is 1 where the cell is excluded</td></tr>
 *   <tr><td>8</td><td>long, CRC-32 of all bytes before it</td></tr>
 * </table>
 *
 * <p>Source: Rolinek, Musil, Paulus, Vlastelica, Michaelis, Martius: Optimizing Rank-based Metrics
 * with Blackbox Differentiation, CVPR 2020, arXiv:1912.03500.
 */
@NullMarked
package io.solvegrad.rambo;

import org.jspecify.annotations.NullMarked;
