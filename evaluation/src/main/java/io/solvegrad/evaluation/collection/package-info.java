/**
 * Image collections as their authors lay them out, and the retrieval protocols that go with them.
 *
 * <p>When to use what: {@link io.solvegrad.evaluation.collection.RetrievalProtocol} for a
 * collection with a name and customary cut-offs; {@link
 * io.solvegrad.evaluation.collection.ImageCollection} directly for one's own folders. Only the
 * lists are read, never the images, so embeddings can be evaluated where the images are not.
 */
@NullMarked
package io.solvegrad.evaluation.collection;

import org.jspecify.annotations.NullMarked;
