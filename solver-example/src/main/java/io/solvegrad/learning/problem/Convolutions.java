package io.solvegrad.learning.problem;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;

/** What the nets are made of. */
final class Convolutions {
  private Convolutions() {}

  /** Convolution, batch normalisation, rectifier. */
  static Block block(int filters, int kernel, int stride, int padding, int dilation) {
    return new SequentialBlock()
        .add(
            Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optDilation(new Shape(dilation, dilation))
                .optBias(false)
                .build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu);
  }

  /** One look at each square of the given side, without overlap. */
  static Block whole(int filters, int side) {
    return block(filters, side, side, 0, 1);
  }

  /** A linear map of the features of each place. */
  static Block linear(int outputs) {
    return Conv2d.builder().setFilters(outputs).setKernelShape(new Shape(1, 1)).build();
  }

  /** Moves costs away from zero, where the clamp of the solver would stop all gradients. */
  static Block plusOne() {
    return new LambdaBlock(x -> new NDList(x.singletonOrThrow().add(1)), "plusOne");
  }

  /**
   * Costs exp(x) with x of mean 0 and variance 1 over the batch. Solutions do not depend on the
   * scale of costs, so nothing else would hold it: costs shrink until lambda alone decides, and
   * with them their gradients.
   */
  static SequentialBlock positiveCosts() {
    return new SequentialBlock()
        .add(BatchNorm.builder().optScale(false).optCenter(false).build())
        .add(new LambdaBlock(x -> new NDList(x.singletonOrThrow().exp()), "exp"));
  }
}
