package io.solvegrad.bench;

/**
 * What a benchmark is run on.
 *
 * @param n scores a row
 * @param p relevant candidates a row
 * @param rows rows a call
 * @param threads threads of our side
 * @param moves up or mixed for the signs of moves, or a dash
 */
public record Config(int n, int p, int rows, int threads, String moves) {

  /**
   * {@return the configuration that {@link #toString} wrote}
   *
   * @param text numbers and moves with slashes between them
   */
  public static Config parse(String text) {
    String[] parts = text.split("/", -1);
    return new Config(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]),
        parts[4]);
  }

  @Override
  public String toString() {
    return "%d/%d/%d/%d/%s".formatted(n, p, rows, threads, moves);
  }
}
