/**
 * The retrieval example: trains an embedding of drawings by average precision through exact
 * rankings and shows what it finds on classes that it has never seen. Start at {@link
 * io.solvegrad.retrieval.RetrieveCommand}.
 */
@NullMarked
package io.solvegrad.retrieval;

import org.jspecify.annotations.NullMarked;
