package io.solvegrad.learning.problem;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.solvegrad.example.RandomStream;
import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.NonNegativeClamp;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Maps to be crossed from the top left to the bottom right tile, in the manner of the Warcraft maps
 * of Vlastelica et al. (ICLR 2020): square tiles with texture and noise, five kinds of terrain in
 * smooth regions, a hidden cost for each kind, paths with eight neighbours.
 *
 * <p>Kinds differ by the direction of their texture alone. Colours change from region to region,
 * light changes over the map, and neither depends on the kind, so the mean colour of a tile says
 * nothing about its cost.
 *
 * @param size tiles a side, 2 to 64
 * @param seed of all maps
 */
public record TerrainProblem(int size, long seed) implements Problem {
  /** Pixels a side of a tile. */
  static final int TILE = 8;

  /** The hidden costs of the kinds. */
  static final double[] COSTS = {1, 2, 4, 7, 10};

  private static final double REGION = 4;
  private static final double ROUGHNESS = 0.35;
  private static final float NOISE = 0.25f;
  private static final float CONTRAST = 0.22f;
  private static final float ROOT = (float) Math.sqrt(2);
  private static final int SINES = 1024;
  private static final float[] SINE = new float[SINES];
  private static final float[][] PALETTE = {
    {0.36f, 0.58f, 0.26f},
    {0.62f, 0.53f, 0.30f},
    {0.50f, 0.44f, 0.40f},
    {0.33f, 0.50f, 0.52f},
    {0.66f, 0.60f, 0.50f},
    {0.45f, 0.54f, 0.36f}
  };

  static {
    for (int i = 0; i < SINES; i++) {
      SINE[i] = (float) Math.sin(2 * Math.PI * i / SINES);
    }
  }

  @Override
  public String name() {
    return "terrain";
  }

  @Override
  public String solutions() {
    return "paths";
  }

  @Override
  public BlackboxSolver solver() {
    return new NonNegativeClamp(new GridShortestPath(size, size, Neighbourhood.EIGHT));
  }

  @Override
  public Shape pixels() {
    return new Shape(3, (long) size * TILE, (long) size * TILE);
  }

  @Override
  public Instance instance(long index) {
    SplittableRandom random = RandomStream.at(seed, index);
    int[] kinds = winners(COSTS.length, ROUGHNESS, random);
    double[] costs = new double[kinds.length];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = COSTS[kinds[i]];
    }
    return Instance.solved(draw(kinds, random), costs, solver());
  }

  /** For each tile the number of the largest of some smooth fields. */
  private int[] winners(int fields, double roughness, SplittableRandom random) {
    int[] winner = new int[size * size];
    double[] largest = new double[winner.length];
    for (int f = 0; f < fields; f++) {
      SmoothField field = new SmoothField(size, REGION, random);
      for (int i = 0; i < winner.length; i++) {
        int row = i / size;
        double value = field.at(row, i % size) + roughness * (2 * random.nextDouble() - 1);
        if (f == 0 || value > largest[i]) {
          largest[i] = value;
          winner[i] = f;
        }
      }
    }
    return winner;
  }

  private float[] draw(int[] kinds, SplittableRandom random) {
    int side = size * TILE;
    float[] pixels = new float[3 * side * side];
    int[] colours = winners(PALETTE.length, ROUGHNESS / 2, random);
    SmoothField light = new SmoothField(size, size / 2.0, random);
    float[] texture = new float[TILE * TILE];
    for (int tile = 0; tile < kinds.length; tile++) {
      int row = tile / size;
      int column = tile % size;
      texture(kinds[tile], texture, random);
      float brightness = (float) (0.85 + 0.3 * light.at(row, column));
      float[] colour = PALETTE[colours[tile]];
      for (int p = 0; p < texture.length; p++) {
        int at = (row * TILE + p / TILE) * side + column * TILE + p % TILE;
        // One draw gives the noise of three colours.
        long bits = random.nextLong();
        for (int c = 0; c < 3; c++) {
          float noise = NOISE * ((int) (bits >>> (21 * c)) & 0x1FFFFF) * 0x1p-21f;
          float value = brightness * (colour[c] + CONTRAST * texture[p]) + noise - NOISE / 2;
          pixels[c * side * side + at] = Math.max(0, Math.min(1, value));
        }
      }
    }
    return pixels;
  }

  /** Waves of about four pixels: in four directions, or crossed. */
  private static void texture(int kind, float[] texture, SplittableRandom random) {
    float strength = (float) (0.6 + 0.4 * random.nextDouble());
    float wave = (float) (SINES / (3.6 + 0.8 * random.nextDouble()));
    float first = random.nextInt(SINES);
    float second = random.nextInt(SINES);
    float slant = wave * ROOT / 2;
    for (int p = 0; p < texture.length; p++) {
      int y = p / TILE;
      int x = p % TILE;
      texture[p] =
          strength
              * switch (kind) {
                // The product of two sines has half the variance of one.
                case 0 -> ROOT * sine(wave * x + first) * sine(wave * y + second);
                case 1 -> sine(wave * y + first);
                case 2 -> sine(wave * x + first);
                case 3 -> sine(slant * (x + y) + first);
                default -> sine(slant * (x - y) + first + SINES * TILE);
              };
    }
  }

  private static float sine(float angle) {
    return SINE[(int) angle & (SINES - 1)];
  }

  @Override
  public Block net(Predictor predictor) {
    return switch (predictor) {
      case SOLVER -> TerrainNets.costs();
      case PLAIN -> TerrainNets.path();
      case LINEAR -> TerrainNets.linear();
    };
  }

  @Override
  public BufferedImage picture(long index, List<double[]> shown) {
    return new TerrainPicture(size).draw(instance(index), shown);
  }

  @Override
  public String legend() {
    return "White line: the cheapest path under the true costs. Coloured: the predicted one.";
  }
}
