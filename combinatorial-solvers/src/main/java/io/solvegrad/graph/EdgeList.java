package io.solvegrad.graph;

import java.util.Objects;
import org.jgrapht.Graph;
import org.jgrapht.graph.AsWeightedGraph;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.graph.Pseudograph;

/**
 * The structure of a graph: edges in a fixed order, so that edge e has cost w[e] and solution y[e].
 * Whether they have a direction is said by the solver. Parallel edges and loops are allowed here;
 * some solvers refuse them.
 *
 * @param vertices number of vertices, which are 0, 1, ...
 * @param from the first vertex of each edge. Not copied; do not modify.
 * @param to the second vertex of each edge. Not copied; do not modify.
 */
public record EdgeList(int vertices, int[] from, int[] to) {

  /**
   * Checks the vertices.
   *
   * @throws IllegalArgumentException if the two lengths differ or a vertex does not exist
   */
  public EdgeList {
    Objects.requireNonNull(from, "from must not be null");
    Objects.requireNonNull(to, "to must not be null");
    if (vertices < 1 || from.length != to.length) {
      throw new IllegalArgumentException(
          "vertices is %d, from has length %d and to %d: need one vertex and two equal lengths"
              .formatted(vertices, from.length, to.length));
    }
    for (int e = 0; e < from.length; e++) {
      requireVertex(vertices, from[e]);
      requireVertex(vertices, to[e]);
    }
  }

  /**
   * Edges given as pairs.
   *
   * @param vertices number of vertices
   * @param pairs one pair of vertices for each edge. Not modified.
   * @return the edges
   * @throws IllegalArgumentException if an edge has not two vertices or one does not exist
   */
  public static EdgeList of(int vertices, int[][] pairs) {
    Objects.requireNonNull(pairs, "pairs must not be null");
    int[] from = new int[pairs.length];
    int[] to = new int[pairs.length];
    for (int e = 0; e < pairs.length; e++) {
      int[] pair = Objects.requireNonNull(pairs[e], "pairs must not contain null");
      if (pair.length != 2) {
        throw new IllegalArgumentException(
            "edge " + e + " has " + pair.length + " vertices instead of 2");
      }
      from[e] = pair[0];
      to[e] = pair[1];
    }
    return new EdgeList(vertices, from, to);
  }

  /** {@return the number of edges} */
  public int size() {
    return from.length;
  }

  /**
   * Requires that a vertex exists.
   *
   * @param vertex the vertex
   * @throws IllegalArgumentException if it does not
   */
  public void requireVertex(int vertex) {
    requireVertex(vertices, vertex);
  }

  private static void requireVertex(int vertices, int vertex) {
    if (vertex < 0 || vertex >= vertices) {
      throw new IllegalArgumentException(
          "vertex is " + vertex + " but must be between 0 and " + (vertices - 1));
    }
  }

  /** {@return these edges for the algorithms of JGraphT, without direction; edge e is named e} */
  public Graph<Integer, Integer> toUndirectedGraph() {
    return filled(new Pseudograph<>(null, null, false));
  }

  /** {@return these edges for the algorithms of JGraphT, with direction; edge e is named e} */
  public Graph<Integer, Integer> toDirectedGraph() {
    return filled(new DirectedPseudograph<>(null, null, false));
  }

  private Graph<Integer, Integer> filled(Graph<Integer, Integer> graph) {
    for (int v = 0; v < vertices; v++) {
      graph.addVertex(v);
    }
    for (int e = 0; e < from.length; e++) {
      graph.addEdge(from[e], to[e], e);
    }
    return graph;
  }

  /**
   * Puts costs on a graph without building it again.
   *
   * @param graph made by this class
   * @param costs one for each edge. Not modified, but kept.
   * @return a view with these weights
   * @throws IllegalArgumentException if there are not as many costs as edges
   */
  public static Graph<Integer, Integer> weighted(Graph<Integer, Integer> graph, double[] costs) {
    Objects.requireNonNull(graph, "graph must not be null");
    Objects.requireNonNull(costs, "costs must not be null");
    if (costs.length != graph.edgeSet().size()) {
      throw new IllegalArgumentException(
          "costs has length %d, but the graph has %d edges"
              .formatted(costs.length, graph.edgeSet().size()));
    }
    return new AsWeightedGraph<>(graph, edge -> costs[edge], false, false);
  }
}
