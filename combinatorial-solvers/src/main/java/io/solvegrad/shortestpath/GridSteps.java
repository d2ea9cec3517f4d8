package io.solvegrad.shortestpath;

import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import java.util.Arrays;

/** Steps from a cell to those around it, numbered 1 to 8 by rows: up left, up, ... down right. */
final class GridSteps {
  /** Stands for the step into the first cell. */
  static final byte START = 9;

  private static final GridSteps FOUR = new GridSteps(false);
  private static final GridSteps EIGHT = new GridSteps(true);

  private final byte[][] onward = new byte[START + 1][];

  private GridSteps(boolean corners) {
    onward[0] = new byte[0];
    for (int before = 1; before <= START; before++) {
      byte[] found = new byte[8];
      int count = 0;
      for (byte after = 1; after <= 8; after++) {
        int down = down(before) + down(after);
        int across = across(before) + across(after);
        boolean back = down == 0 && across == 0;
        boolean seen = before != START && (back || touches(down, across, corners));
        if (touches(down(after), across(after), corners) && !seen) {
          found[count++] = after;
        }
      }
      onward[before] = Arrays.copyOf(found, count);
    }
  }

  static GridSteps of(Neighbourhood neighbourhood) {
    return switch (neighbourhood) {
      case FOUR -> FOUR;
      case EIGHT -> EIGHT;
    };
  }

  /** By how much each step changes the number of a cell in rows of some width. */
  static int[] offsets(int width) {
    return new int[] {0, -width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1};
  }

  /** The steps that lead to a cell which is no neighbour of where the step before began. */
  byte[] onward(byte before) {
    return onward[before];
  }

  private static int down(int step) {
    return (step < 5 ? step - 1 : step) / 3 - 1;
  }

  private static int across(int step) {
    return (step < 5 ? step - 1 : step) % 3 - 1;
  }

  private static boolean touches(int down, int across, boolean corners) {
    boolean corner = Math.abs(down) == 1 && Math.abs(across) == 1;
    return Math.abs(down) + Math.abs(across) == 1 || (corner && corners);
  }
}
