package io.solvegrad.shortestpath;

/** Vertices waiting with their distances; none is pushed that is nearer than the last popped. */
sealed interface MonotoneQueue permits VertexQueue, BucketQueue {

  void push(double key, int vertex);

  /**
   * Removes the nearest vertex, the lower one among equals; {@link #lastKey} is then its distance.
   *
   * @return the vertex, -1 if this kind of queue is unfit for the distances it got
   */
  int pop();

  double lastKey();
}
