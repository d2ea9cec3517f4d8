package io.solvegrad.rambo.kernel;

import java.util.Arrays;

/**
 * The interval ends of a few movers, sorted and laid out as a search tree for vectors, and what
 * there is to know about a score that lies between two of them: by how much its rank changes and
 * who passes it.
 *
 * <p>A tree of L levels holds up to 2^L thresholds. A path is the number whose bit l says that the
 * score is below the node of level l; the nodes of a level lie side by side, by the path that leads
 * to them, so that one permutation of a register finds the nodes for all lanes. The smallest
 * threshold stands apart: below it the path is 0, the one of scores above all thresholds, because
 * nobody passes either.
 */
final class ThresholdTree {
  /** Room for a level, the lanes of the widest vector; the levels 5 and 6 have two and four. */
  static final int ROW = 16;

  /** Index of the smallest threshold, in the row of the root. */
  static final int SMALLEST = 1;

  /** Who passes a score is packed into words of so many fields, each of so many bits. */
  static final int FIELDS = 5;

  static final int FIELD_BITS = 6;

  /** Most scores a lane may count before a field runs over. */
  static final int MOST_PENDING = (1 << FIELD_BITS) - 1;

  /** Room for the paths of five levels. */
  static final int WORD = 32;

  /** Paths of seven levels. */
  static final int PATHS = 128;

  private static final int BANKS = 4;
  private static final int MOST_WORDS = 4;

  int levels;
  final float[] nodes = new float[11 * ROW];
  final float[] summands = new float[PATHS];
  final int[] summandBits = new int[PATHS];
  private final int[] changes = new int[PATHS];

  /**
   * Fields j of word w, at w * WORD + path: 1 if mover j passes; the last that the rank changes.
   */
  final int[] passers = new int[MOST_WORDS * WORD];

  int words;

  /** Packed counts by lane that have not been read off yet, and the most that a field may hold. */
  final int[] pending = new int[MOST_WORDS * ROW];

  int used;

  /**
   * Scores by path, in four banks that are added up; those that packed counts hold are not here.
   */
  final int[] population = new int[BANKS * PATHS];

  private final int[][] nodeOf = new int[8][];
  private final int[][] pathOf = new int[8][];
  private final float[] thresholds = new float[PATHS];
  private final int[] ranks = new int[PATHS];
  // Which threshold stands at each place in rising order.
  private final int[] order = new int[PATHS];

  ThresholdTree() {
    for (int some : new int[] {5, 7}) {
      nodeOf[some] = nodesOf(some);
      pathOf[some] = pathsOf(some);
    }
  }

  /** Where the threshold at each place in rising order stands among the nodes. */
  private static int[] nodesOf(int levels) {
    int[] nodeOf = new int[1 << levels];
    nodeOf[0] = SMALLEST;
    for (int place = 1; place < nodeOf.length; place++) {
      int level = levels - 1 - Integer.numberOfTrailingZeros(place);
      int path = path(place, levels) & ((1 << level) - 1);
      int row = level == 6 ? 7 : level;
      nodeOf[place] = row * ROW + path;
    }
    return nodeOf;
  }

  private static int[] pathsOf(int levels) {
    int[] pathOf = new int[1 << levels];
    for (int place = 0; place < pathOf.length; place++) {
      pathOf[place] = path(place, levels);
    }
    return pathOf;
  }

  /** The path of scores between the thresholds at this place and the next. */
  private static int path(int place, int levels) {
    return Integer.reverse(~place) >>> (Integer.SIZE - levels);
  }

  /** Lays out the thresholds of movers. */
  void plant(Movers movers, FullRanks fullRanks) {
    int moving = movers.moving;
    int count = 2 * moving;
    levels = moving <= 16 ? 5 : 7;
    words = levels == 7 ? 0 : moving / FIELDS + 1;
    used = 0;
    Arrays.fill(pending, 0, words * ROW, 0);
    Arrays.fill(population, 0, levels == 7 ? population.length : WORD, 0);
    for (int j = 0; j < moving; j++) {
      thresholds[2 * j] = movers.lo[j];
      thresholds[2 * j + 1] = movers.hi[j];
    }
    fullRanks.rank(thresholds, 0, count, ranks);
    int[] nodeAt = nodeOf[levels];
    for (int t = 0; t < count; t++) {
      int place = count - ranks[t];
      order[place] = t;
      nodes[nodeAt[place]] = thresholds[t];
    }
    for (int place = count; place < 1 << levels; place++) {
      nodes[nodeAt[place]] = Float.POSITIVE_INFINITY;
    }
    describeSlots(movers);
  }

  private void describeSlots(Movers movers) {
    int[] pathAt = pathOf[levels];
    int count = 2 * movers.moving;
    int changedWord = movers.moving / FIELDS;
    int changedField = 1 << (FIELD_BITS * (movers.moving % FIELDS));
    Arrays.fill(passers, 0);
    int change = 0;
    int path = 0;
    for (int place = 0; place < 1 << levels; place++) {
      int before = path;
      path = pathAt[place];
      for (int w = 0; w < words; w++) {
        passers[w * WORD + path] = place == 0 ? 0 : passers[w * WORD + before];
      }
      if (place < count) {
        int j = order[place] >> 1;
        boolean enters = (order[place] & 1) == 0;
        change += enters ? movers.sign[j] : -movers.sign[j];
        if (words > 0) {
          passers[j / FIELDS * WORD + path] ^= 1 << (FIELD_BITS * (j % FIELDS));
        }
      }
      if (words > 0) {
        int flags = passers[changedWord * WORD + path] & ~changedField;
        passers[changedWord * WORD + path] = flags | (change == 0 ? 0 : changedField);
      }
      changes[path] = change;
      summands[path] = movers.summand(change);
      summandBits[path] = Float.floatToRawIntBits(summands[path]);
    }
  }

  /** Puts the thresholds of a mover where they have risen to. */
  void raise(Movers movers, int mover) {
    int[] nodeAt = nodeOf[levels];
    int count = 2 * movers.moving;
    nodes[nodeAt[count - ranks[2 * mover]]] = movers.lo[mover];
    nodes[nodeAt[count - ranks[2 * mover + 1]]] = movers.hi[mover];
  }

  /** Takes back what has been counted for one score. */
  void forget(float score) {
    int path = 0;
    for (int level = 0; level < levels; level++) {
      int row = level == 6 ? 7 : level;
      path |= score < nodes[row * ROW + path] ? 1 << level : 0;
    }
    population[score < nodes[SMALLEST] ? 0 : path]--;
  }

  /** Reads packed counts off; sums of three pairs of fields over the lanes of a word. */
  void addFields(Movers movers, int word, int first, int second, int third) {
    addField(movers, word * FIELDS, first & 0xfff);
    addField(movers, word * FIELDS + 2, first >>> 12);
    addField(movers, word * FIELDS + 1, second & 0xfff);
    addField(movers, word * FIELDS + 3, second >>> 12);
    addField(movers, word * FIELDS + 4, third);
  }

  private static void addField(Movers movers, int field, int count) {
    if (field < movers.moving) {
      movers.passed[field] += count;
    } else if (field == movers.moving) {
      movers.changed += count;
    }
  }

  /** Adds the scores counted by path to the movers that pass them. */
  void addPopulation(Movers movers) {
    int[] pathAt = pathOf[levels];
    int below = 0;
    for (int place = 0; place < 2 * movers.moving; place++) {
      // Nobody has gone to a place before the first: its path is shared with the last.
      int j = order[place] >> 1;
      movers.passed[j] += (order[place] & 1) == 0 ? -below : below;
      int path = pathAt[place];
      int scores = 0;
      for (int bank = 0; bank < (levels == 7 ? BANKS : 1); bank++) {
        scores += population[bank * PATHS + path];
      }
      below += scores;
      movers.changed += changes[path] == 0 ? 0 : scores;
    }
  }
}
