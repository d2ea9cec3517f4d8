package io.solvegrad.learning.problem;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.solvegrad.example.RandomStream;
import io.solvegrad.graph.EdgeList;
import io.solvegrad.matching.PerfectMatching;
import io.solvegrad.solver.BlackboxSolver;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A square of drawn digits, all of them to be put into pairs of neighbours. A pair costs the
 * two-digit number that its digits make, read to the right or downwards, as in the matching of
 * MNIST digits of Vlastelica et al. (ICLR 2020).
 *
 * <p>Edges: first those to the right, row by row, then those downwards, row by row.
 */
public final class MatchingProblem implements Problem {
  private static final int FEATURES = 64;

  private final int size;
  private final long seed;
  private final PerfectMatching solver;

  /**
   * The problem.
   *
   * @param size digits a side, even
   * @param seed of all squares
   */
  public MatchingProblem(int size, long seed) {
    this.size = size;
    this.seed = seed;
    solver = new PerfectMatching(EdgeList.of(size * size, pairs(size)));
  }

  /** The two digits of each edge. */
  static int[][] pairs(int size) {
    int half = size * (size - 1);
    int[][] pairs = new int[2 * half][];
    for (int e = 0; e < half; e++) {
      int left = e / (size - 1) * size + e % (size - 1);
      pairs[e] = new int[] {left, left + 1};
      pairs[half + e] = new int[] {e, e + size};
    }
    return pairs;
  }

  @Override
  public String name() {
    return "matching";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String solutions() {
    return "matchings";
  }

  @Override
  public BlackboxSolver solver() {
    return solver;
  }

  @Override
  public Shape pixels() {
    return new Shape(1, (long) size * DrawnDigits.SIDE, (long) size * DrawnDigits.SIDE);
  }

  @Override
  public Instance instance(long index) {
    SplittableRandom random = RandomStream.at(seed, index);
    int side = size * DrawnDigits.SIDE;
    int[] digits = random.ints((long) size * size, 0, 10).toArray();
    float[] pixels = new float[side * side];
    float[] grey = new float[DrawnDigits.SIDE * DrawnDigits.SIDE];
    for (int d = 0; d < digits.length; d++) {
      DrawnDigits.draw(digits[d], grey, random);
      for (int y = 0; y < DrawnDigits.SIDE; y++) {
        int to = (d / size * DrawnDigits.SIDE + y) * side + d % size * DrawnDigits.SIDE;
        System.arraycopy(grey, y * DrawnDigits.SIDE, pixels, to, DrawnDigits.SIDE);
      }
    }
    int[][] pairs = pairs(size);
    double[] costs = new double[pairs.length];
    for (int e = 0; e < costs.length; e++) {
      costs[e] = 10 * digits[pairs[e][0]] + digits[pairs[e][1]];
    }
    return Instance.solved(pixels, costs, solver);
  }

  @Override
  public Block net(Predictor predictor) {
    return switch (predictor) {
      case SOLVER -> digits().add(edges(MatchingProblem::pairNet)).add(standardised());
      case PLAIN -> {
        SequentialBlock net = digits();
        for (int dilation : new int[] {1, 2, 4, 1}) {
          net.add(Convolutions.block(FEATURES, 3, 1, dilation, dilation));
        }
        yield net.add(edges(MatchingProblem::pairNet));
      }
      case LINEAR -> {
        Shape digit = new Shape(DrawnDigits.SIDE, DrawnDigits.SIDE);
        yield new SequentialBlock()
            .add(Pool.avgPool2dBlock(digit, digit))
            .add(edges(kernel -> convolution(1, kernel)))
            .add(standardised());
      }
    };
  }

  /** Features of each digit. */
  private static SequentialBlock digits() {
    return new SequentialBlock()
        .add(Convolutions.block(16, 4, 2, 1, 1))
        .add(Convolutions.block(32, 4, 2, 1, 1))
        .add(Convolutions.whole(FEATURES, DrawnDigits.SIDE / 4));
  }

  /** All costs together with mean 0 and variance 1, which fixes what the matching cannot see. */
  private Block standardised() {
    return new SequentialBlock()
        .add(new LambdaBlock(x -> new NDList(x.singletonOrThrow().reshape(-1, 1)), "each"))
        .add(BatchNorm.builder().optScale(false).optCenter(false).build())
        .add(
            new LambdaBlock(
                x -> new NDList(x.singletonOrThrow().reshape(-1, solver.size())), "all"));
  }

  private static Block pairNet(Shape kernel) {
    return new SequentialBlock()
        .add(convolution(FEATURES, kernel))
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Convolutions.linear(1));
  }

  private static Block convolution(int filters, Shape kernel) {
    return Conv2d.builder().setFilters(filters).setKernelShape(kernel).build();
  }

  /** A net for pairs beside each other, one for pairs one above the other, in the edges' order. */
  private static Block edges(Function<Shape, Block> net) {
    return new ParallelBlock(
        outputs -> {
          NDArray right = flat(outputs.get(0));
          return new NDList(right.concat(flat(outputs.get(1)), 1));
        },
        List.of(net.apply(new Shape(1, 2)), net.apply(new Shape(2, 1))));
  }

  private static NDArray flat(NDList output) {
    NDArray array = output.singletonOrThrow();
    return array.reshape(array.getShape().get(0), -1);
  }

  @Override
  public BufferedImage picture(long index, List<double[]> shown) {
    return new MatchingPicture(size).draw(instance(index), shown);
  }

  @Override
  public String legend() {
    return "Wide pale bars: the cheapest pairs under the true costs. Narrow bars: the predicted"
        + " pairs.";
  }
}
