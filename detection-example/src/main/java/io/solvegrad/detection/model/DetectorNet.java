package io.solvegrad.detection.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.initializer.ConstantInitializer;
import java.util.List;

/**
 * A fully convolutional network that says for each cell of {@value #STRIDE} x {@value #STRIDE}
 * pixels which class it shows, as one logit a class, and how far the borders of its object are:
 * anchor-free as in FCOS (Tian et al., ICCV 2019, arXiv:1904.01355).
 *
 * <p>Six convolutions with batch normalisation and rectifier, the last two dilated, so that a cell
 * sees 95 x 95 pixels; then one 1 x 1 convolution for the classes and one for the borders. About 57
 * million multiplications for 128 x 128 pixels.
 */
public final class DetectorNet {
  /** Width and height of a cell in pixels. */
  public static final int STRIDE = 8;

  /** Logit of every class at the start: objects are rare, and a loss must not drown in cells. */
  private static final float RARE = (float) -Math.log((1 - 0.01) / 0.01);

  private DetectorNet() {}

  /**
   * The network for images of shape (3, side, side), side a multiple of {@link #STRIDE}.
   *
   * @param classes how many classes there are
   * @return a block that gives two arrays, logits of shape (images x cells, classes) and distances
   *     to left, top, right and bottom in strides, positive, of shape (images x cells, 4); cells
   *     row by row
   */
  public static Block create(int classes) {
    SequentialBlock trunk = new SequentialBlock();
    convolution(trunk, 16, 2, 1);
    convolution(trunk, 32, 2, 1);
    convolution(trunk, 64, 2, 1);
    convolution(trunk, 64, 1, 1);
    convolution(trunk, 96, 1, 2);
    convolution(trunk, 96, 1, 2);
    Block logits = head(classes);
    logits.setInitializer(new ConstantInitializer(RARE), Parameter.Type.BIAS);
    SequentialBlock distances = new SequentialBlock();
    distances.add(head(4)).add(list -> new NDList(Activation.softPlus(list.singletonOrThrow())));
    return trunk.add(
        new ParallelBlock(
            heads -> new NDList(cells(heads.get(0)), cells(heads.get(1))),
            List.of(logits, distances)));
  }

  private static void convolution(SequentialBlock net, int filters, int stride, int dilation) {
    net.add(
            Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(dilation, dilation))
                .optDilation(new Shape(dilation, dilation))
                .optBias(false)
                .build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu);
  }

  private static Block head(int filters) {
    return Conv2d.builder().setFilters(filters).setKernelShape(new Shape(1, 1)).build();
  }

  /** From (images, channels, rows, columns) to (images x rows x columns, channels). */
  private static NDArray cells(NDList output) {
    NDArray map = output.singletonOrThrow();
    return map.transpose(0, 2, 3, 1).reshape(-1, map.getShape().get(1));
  }
}
