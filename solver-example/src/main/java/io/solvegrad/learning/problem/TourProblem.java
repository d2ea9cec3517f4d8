package io.solvegrad.learning.problem;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import io.solvegrad.example.RandomStream;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.tour.TravellingSalesman;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Round trips through cities on a globe whose positions are hidden: a city is shown as its symbol,
 * drawn anew each time. {@value #CITIES} symbols stand for fixed random places, of which an example
 * shows a few, after the globe problem of Vlastelica et al. (ICLR 2020).
 *
 * <p>Costs: straight distances between the places, on a sphere of radius 1.
 */
public final class TourProblem implements Problem {
  /** Symbols that there are. */
  static final int CITIES = 100;

  private static final int FEATURES = 64;

  private final int size;
  private final long seed;
  private final double[][] places;
  private final DrawnFlags flags;

  /**
   * The problem.
   *
   * @param size cities of a tour
   * @param seed of symbols, places and examples
   */
  public TourProblem(int size, long seed) {
    this.size = size;
    this.seed = seed;
    flags = new DrawnFlags(CITIES, seed);
    SplittableRandom random = RandomStream.at(seed, -3);
    places = new double[CITIES][];
    for (int c = 0; c < CITIES; c++) {
      double height = 2 * random.nextDouble() - 1;
      double turn = 2 * Math.PI * random.nextDouble();
      double radius = Math.sqrt(1 - height * height);
      places[c] = new double[] {radius * Math.cos(turn), radius * Math.sin(turn), height};
    }
  }

  @Override
  public String name() {
    return "tour";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String solutions() {
    return "round trips";
  }

  @Override
  public BlackboxSolver solver() {
    return new TravellingSalesman(size);
  }

  @Override
  public Shape pixels() {
    return new Shape(size, 3, DrawnFlags.SIDE, DrawnFlags.SIDE);
  }

  @Override
  public Instance instance(long index) {
    SplittableRandom random = RandomStream.at(seed, index);
    int[] cities = cities(random);
    float[] pixels = new float[size * DrawnFlags.PIXELS];
    double[] costs = new double[size * size];
    for (int i = 0; i < size; i++) {
      flags.draw(cities[i], pixels, i * DrawnFlags.PIXELS, random);
      for (int j = 0; j < size; j++) {
        costs[i * size + j] = distance(places[cities[i]], places[cities[j]]);
      }
    }
    return Instance.solved(pixels, costs, solver());
  }

  /** The first few of a shuffled row. */
  private int[] cities(SplittableRandom random) {
    int[] all = new int[CITIES];
    Arrays.setAll(all, c -> c);
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(CITIES - i);
      int kept = all[i];
      all[i] = all[other];
      all[other] = kept;
    }
    return Arrays.copyOf(all, size);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return Math.sqrt(sum);
  }

  @Override
  public Block net(Predictor predictor) {
    return switch (predictor) {
      case SOLVER -> globe(features());
      case PLAIN -> plain();
      case LINEAR ->
          globe(
              new SequentialBlock()
                  .add(each(new Shape(3, DrawnFlags.SIDE * DrawnFlags.SIDE)))
                  .add(TourProblem::meanColour));
    };
  }

  private SequentialBlock features() {
    return new SequentialBlock()
        .add(each(new Shape(3, DrawnFlags.SIDE, DrawnFlags.SIDE)))
        .add(Convolutions.block(32, 4, 2, 1, 1))
        .add(Convolutions.block(FEATURES, 3, 1, 1, 1))
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(FEATURES).optBias(false).build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu);
  }

  /** A symbol an example. */
  private static Block each(Shape symbol) {
    return new LambdaBlock(
        x -> new NDList(x.singletonOrThrow().reshape(new Shape(-1).addAll(symbol))), "each");
  }

  private static NDList meanColour(NDList symbols) {
    return new NDList(symbols.singletonOrThrow().mean(new int[] {2}));
  }

  /** A place on the globe for each symbol, then all distances. */
  private Block globe(SequentialBlock net) {
    return net.add(Linear.builder().setUnits(3).build())
        .add(new LambdaBlock(x -> new NDList(distances(x.singletonOrThrow())), "distances"));
  }

  private NDArray distances(NDArray raw) {
    NDArray length = raw.square().sum(new int[] {1}, true).add(1e-6f).sqrt();
    NDArray places = raw.div(length).reshape(-1, size, 1, 3);
    NDArray across = places.reshape(-1, 1, size, 3);
    // Not from the sphere's inner products: their slope at zero distance is infinite.
    NDArray squares = places.sub(across).square().sum(new int[] {3});
    return squares.add(1e-4f).sqrt().reshape(-1, (long) size * size);
  }

  /** Log odds of every pair of cities, which cannot depend on their order in the pair. */
  private Block plain() {
    return features()
        .add(
            new LambdaBlock(
                x -> new NDList(x.singletonOrThrow().reshape(-1, (long) size * FEATURES)), "all"))
        .add(Linear.builder().setUnits(512).optBias(false).build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits(512).optBias(false).build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits((long) size * size).build())
        .add(new LambdaBlock(x -> new NDList(symmetric(x.singletonOrThrow())), "symmetric"));
  }

  private NDArray symmetric(NDArray odds) {
    NDArray square = odds.reshape(-1, size, size);
    return square.add(square.transpose(0, 2, 1)).reshape(-1, (long) size * size);
  }

  @Override
  public BufferedImage picture(long index, List<double[]> shown) {
    int[] cities = cities(RandomStream.at(seed, index));
    double[][] shownPlaces =
        Arrays.stream(cities).mapToObj(c -> places[c]).toArray(double[][]::new);
    return new TourPicture(shownPlaces).draw(instance(index).pixels(), shown);
  }

  @Override
  public String legend() {
    return "Symbols stand at their true places, seen from above the pole of a map of equal areas."
        + " Wide pale line: the shortest round trip. Narrow line: the predicted one.";
  }
}
