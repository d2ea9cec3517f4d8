package io.solvegrad.learning.problem;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;

/** Nets from a map to a number for each tile. */
final class TerrainNets {
  private static final int[] DILATIONS = {1, 2, 4, 8, 1};
  private static final int FEATURES = 64;

  private TerrainNets() {}

  /**
   * Features of each tile, from that tile alone, by patches that neither overlap nor need padding,
   * which would tell where the map ends.
   */
  private static SequentialBlock tiles() {
    return new SequentialBlock()
        .add(Convolutions.whole(FEATURES, TerrainProblem.TILE / 2))
        .add(Convolutions.whole(FEATURES, 2))
        .add(Convolutions.whole(FEATURES, 1));
  }

  /** Positive costs. */
  static Block costs() {
    return tiles()
        .add(Convolutions.linear(1))
        .add(Convolutions.positiveCosts())
        .add(Blocks.batchFlattenBlock());
  }

  /** The same features, then convolutions whose dilations let each tile see the whole map. */
  static Block path() {
    SequentialBlock net = tiles();
    for (int dilation : DILATIONS) {
      net.add(Convolutions.block(FEATURES, 3, 1, dilation, dilation));
    }
    return net.add(Convolutions.linear(1)).add(Blocks.batchFlattenBlock());
  }

  /** Costs linear in the mean colour of the tile, near 1 at first. */
  static Block linear() {
    Shape tile = new Shape(TerrainProblem.TILE, TerrainProblem.TILE);
    return new SequentialBlock()
        .add(Pool.avgPool2dBlock(tile, tile))
        .add(Convolutions.linear(1))
        .add(Convolutions.plusOne())
        .add(Blocks.batchFlattenBlock());
  }
}
