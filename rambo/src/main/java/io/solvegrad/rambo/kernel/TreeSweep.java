package io.solvegrad.rambo.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finds every score of a range in a {@link ThresholdTree} and adds the change of its rank to the
 * gradient: one comparison a level, where comparing with every mover would take two for each.
 *
 * <p>With up to 16 movers, a permutation of packed counters by the path counts who passes; with
 * more, paths go to memory and are counted one by one. Written out for 5 and 7 levels, because the
 * tables have to stay in registers.
 */
final class TreeSweep {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
  private static final int LANES = F.length();
  private static final int ROW = ThresholdTree.ROW;
  private static final int WORD = ThresholdTree.WORD;
  private static final int PATHS = ThresholdTree.PATHS;
  private static final int CHUNK = 1024;
  private static final int PAIR = 0x3f03f;

  private final int[] paths = new int[CHUNK];

  void sweep(float[] y, int begin, int end, float[] gradient, int shift, Movers movers) {
    ThresholdTree tree = movers.tree;
    int i = begin;
    while (i < end) {
      int left = tree.levels == 7 ? CHUNK : (ThresholdTree.MOST_PENDING - tree.used) * LANES;
      int stop = Math.min(end, i + left);
      if (tree.levels == 7) {
        findSeven(y, i, stop, tree.nodes, paths);
        count(paths, stop - i, tree.population);
        addSummands(paths, stop - i, tree.summands, gradient, i + shift);
      } else {
        sweepFive(y, i, stop, gradient, shift, tree);
        tree.used += (stop - i) / LANES;
        if (tree.used == ThresholdTree.MOST_PENDING) {
          readOff(movers);
        }
      }
      i = stop;
    }
  }

  /** Adds all that has been counted to the movers. */
  void finish(Movers movers) {
    readOff(movers);
    movers.tree.addPopulation(movers);
  }

  private static void readOff(Movers movers) {
    ThresholdTree tree = movers.tree;
    for (int w = 0; w < tree.words; w++) {
      int[] pending = tree.pending;
      int even = sum(pending, w * ROW, 0, PAIR);
      int odd = sum(pending, w * ROW, ThresholdTree.FIELD_BITS, PAIR);
      int last = sum(pending, w * ROW, 4 * ThresholdTree.FIELD_BITS, ThresholdTree.MOST_PENDING);
      tree.addFields(movers, w, even, odd, last);
      IntVector.zero(I).intoArray(pending, w * ROW);
    }
    tree.used = 0;
  }

  private static int sum(int[] pending, int at, int shift, int mask) {
    return IntVector.fromArray(I, pending, at)
        .lanewise(LSHR, shift)
        .lanewise(AND, mask)
        .reduceLanes(ADD);
  }

  private static IntVector row(float[] nodes, int row) {
    return FloatVector.fromArray(F, nodes, row * ROW).reinterpretAsInts();
  }

  private static VectorMask<Integer> below(FloatVector v, IntVector nodes) {
    return v.compare(LT, nodes.reinterpretAsFloats()).cast(I);
  }

  private static void sweepFive(
      float[] y, int begin, int end, float[] gradient, int shift, ThresholdTree tree) {
    float[] nodes = tree.nodes;
    FloatVector smallest = FloatVector.broadcast(F, nodes[ThresholdTree.SMALLEST]);
    FloatVector root = FloatVector.broadcast(F, nodes[0]);
    FloatVector upper = FloatVector.broadcast(F, nodes[ROW]);
    FloatVector lower = FloatVector.broadcast(F, nodes[ROW + 1]);
    IntVector level2 = row(nodes, 2);
    IntVector level3 = row(nodes, 3);
    IntVector level4 = row(nodes, 4);
    int[] table = tree.summandBits;
    IntVector summands = IntVector.fromArray(I, table, 0);
    IntVector summands2 = IntVector.fromArray(I, table, ROW);
    int[] words = tree.passers;
    IntVector a = IntVector.fromArray(I, words, 0);
    IntVector a2 = IntVector.fromArray(I, words, ROW);
    IntVector b = IntVector.fromArray(I, words, WORD);
    IntVector b2 = IntVector.fromArray(I, words, WORD + ROW);
    IntVector c = IntVector.fromArray(I, words, 2 * WORD);
    IntVector c2 = IntVector.fromArray(I, words, 2 * WORD + ROW);
    IntVector d = IntVector.fromArray(I, words, 3 * WORD);
    IntVector d2 = IntVector.fromArray(I, words, 3 * WORD + ROW);
    int[] pending = tree.pending;
    IntVector sumA = IntVector.fromArray(I, pending, 0);
    IntVector sumB = IntVector.fromArray(I, pending, ROW);
    IntVector sumC = IntVector.fromArray(I, pending, 2 * ROW);
    IntVector sumD = IntVector.fromArray(I, pending, 3 * ROW);
    IntVector zero = IntVector.zero(I);
    IntVector one = IntVector.broadcast(I, 1);
    for (int i = begin; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(F, y, i);
      VectorMask<Float> below = v.compare(LT, root);
      IntVector path = zero.blend(one, below.cast(I));
      path = path.add(2, v.compare(LT, upper.blend(lower, below)).cast(I));
      path = path.add(4, below(v, path.selectFrom(level2)));
      path = path.add(8, below(v, path.selectFrom(level3)));
      path = path.add(16, below(v, path.selectFrom(level4)));
      path = path.blend(zero, v.compare(LT, smallest).cast(I));
      sumA = sumA.add(path.selectFrom(a, a2));
      sumB = sumB.add(path.selectFrom(b, b2));
      sumC = sumC.add(path.selectFrom(c, c2));
      sumD = sumD.add(path.selectFrom(d, d2));
      FloatVector summand = path.selectFrom(summands, summands2).reinterpretAsFloats();
      FloatVector.fromArray(F, gradient, i + shift).add(summand).intoArray(gradient, i + shift);
    }
    sumA.intoArray(pending, 0);
    sumB.intoArray(pending, ROW);
    sumC.intoArray(pending, 2 * ROW);
    sumD.intoArray(pending, 3 * ROW);
  }

  /** Writes the paths of scores. */
  private static void findSeven(float[] y, int begin, int end, float[] nodes, int[] paths) {
    FloatVector smallest = FloatVector.broadcast(F, nodes[ThresholdTree.SMALLEST]);
    FloatVector root = FloatVector.broadcast(F, nodes[0]);
    FloatVector upper = FloatVector.broadcast(F, nodes[ROW]);
    FloatVector lower = FloatVector.broadcast(F, nodes[ROW + 1]);
    IntVector level2 = row(nodes, 2);
    IntVector level3 = row(nodes, 3);
    IntVector level4 = row(nodes, 4);
    IntVector level5 = row(nodes, 5);
    IntVector level5b = row(nodes, 6);
    IntVector level6 = row(nodes, 7);
    IntVector level6b = row(nodes, 8);
    IntVector level6c = row(nodes, 9);
    IntVector level6d = row(nodes, 10);
    IntVector zero = IntVector.zero(I);
    IntVector one = IntVector.broadcast(I, 1);
    for (int i = begin; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(F, y, i);
      VectorMask<Float> below = v.compare(LT, root);
      IntVector path = zero.blend(one, below.cast(I));
      path = path.add(2, v.compare(LT, upper.blend(lower, below)).cast(I));
      path = path.add(4, below(v, path.selectFrom(level2)));
      path = path.add(8, below(v, path.selectFrom(level3)));
      path = path.add(16, below(v, path.selectFrom(level4)));
      VectorMask<Integer> half = below(v, path.selectFrom(level5, level5b));
      IntVector last = path.selectFrom(level6, level6b);
      last = last.blend(path.selectFrom(level6c, level6d), half);
      path = path.add(32, half).add(64, below(v, last));
      path = path.blend(zero, v.compare(LT, smallest).cast(I));
      path.intoArray(paths, i - begin);
    }
  }

  /** Four banks, because equal paths one behind the other would wait for each other. */
  private static void count(int[] paths, int n, int[] population) {
    for (int i = 0; i < n; i += 4) {
      population[paths[i]]++;
      population[PATHS + paths[i + 1]]++;
      population[2 * PATHS + paths[i + 2]]++;
      population[3 * PATHS + paths[i + 3]]++;
    }
  }

  private static void addSummands(int[] paths, int n, float[] summands, float[] gradient, int at) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector summand = FloatVector.fromArray(F, summands, 0, paths, i);
      FloatVector.fromArray(F, gradient, at + i).add(summand).intoArray(gradient, at + i);
    }
  }
}
