package io.solvegrad.retrieval.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;

/**
 * Three blocks of convolution, pooling, batch normalisation and rectifier, then a linear map to an
 * embedding of length 1.
 */
final class EmbeddingNet {
  private static final int[] FILTERS = {32, 64, 128};
  private static final float SMALLEST_NORM = 1e-6f;

  private EmbeddingNet() {}

  /** The network for images of shape (1, 32, 32). */
  static Block create(int dimension) {
    SequentialBlock net = new SequentialBlock();
    for (int filters : FILTERS) {
      net.add(
              Conv2d.builder()
                  .setFilters(filters)
                  .setKernelShape(new Shape(3, 3))
                  .optPadding(new Shape(1, 1))
                  .optBias(false)
                  .build())
          // Pooled first: the other two then have a quarter of the numbers to go through.
          .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
          .add(BatchNorm.builder().build())
          .add(Activation::relu);
    }
    return net.add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(dimension).optBias(false).build())
        .add(BatchNorm.builder().build())
        .add(EmbeddingNet::normalise);
  }

  private static NDList normalise(NDList embeddings) {
    NDArray raw = embeddings.singletonOrThrow();
    // An array, because the memory of a plain number may be freed before the engine is back here.
    NDArray least = raw.getManager().create(SMALLEST_NORM);
    NDArray norm = raw.square().sum(new int[] {1}, true).sqrt().maximum(least);
    return new NDList(raw.div(norm));
  }
}
