package io.solvegrad.shortestpath;

/**
 * A binary heap of vertices, nearest first, the lower vertex among equals. It never holds more
 * entries than it was made for.
 */
final class VertexQueue implements MonotoneQueue {
  private final double[] keys;
  private final int[] vertices;
  private int size;
  private double lastKey;

  VertexQueue(int capacity) {
    keys = new double[capacity];
    vertices = new int[capacity];
  }

  @Override
  public void push(double key, int vertex) {
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!precedes(key, vertex, parent)) {
        break;
      }
      keys[at] = keys[parent];
      vertices[at] = vertices[parent];
      at = parent;
    }
    keys[at] = key;
    vertices[at] = vertex;
  }

  @Override
  public int pop() {
    int top = vertices[0];
    lastKey = keys[0];
    double key = keys[--size];
    int vertex = vertices[size];
    int at = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && precedes(keys[child + 1], vertices[child + 1], child)) {
        child++;
      }
      if (!precedes(keys[child], vertices[child], key, vertex)) {
        break;
      }
      keys[at] = keys[child];
      vertices[at] = vertices[child];
      at = child;
      child = 2 * at + 1;
    }
    keys[at] = key;
    vertices[at] = vertex;
    return top;
  }

  @Override
  public double lastKey() {
    return lastKey;
  }

  private boolean precedes(double key, int vertex, int place) {
    return precedes(key, vertex, keys[place], vertices[place]);
  }

  private static boolean precedes(double key, int vertex, double otherKey, int otherVertex) {
    return key < otherKey || (key == otherKey && vertex < otherVertex);
  }
}
