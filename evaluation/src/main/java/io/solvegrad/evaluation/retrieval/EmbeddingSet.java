package io.solvegrad.evaluation.retrieval;

import java.io.Serializable;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings with a class each and, where it matters, the source that each item came from.
 *
 * <p>The arrays are shared with the caller, not copied: a set of 60,000 images costs nothing extra.
 *
 * @param values the embeddings, row after row: item {@code i} is {@code values[i * dimension]} to
 *     {@code values[(i + 1) * dimension - 1]}; finite. Not modified.
 * @param dimension the number of components of one embedding, at least 1
 * @param classes the class id of each item, any integers. Not modified.
 * @param sources the source id of each item (camera, design team, document), or null; candidates
 *     with the source of the query are ignored. Not modified.
 */
public record EmbeddingSet(float[] values, int dimension, int[] classes, int @Nullable [] sources)
    implements Serializable {

  /**
   * Checks sizes and that every value is finite; O(items x dimension).
   *
   * @throws IllegalArgumentException if sizes disagree or a value is NaN or infinite
   */
  public EmbeddingSet {
    Objects.requireNonNull(values, "values must not be null");
    Objects.requireNonNull(classes, "classes must not be null");
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension = " + dimension + ", must be at least 1");
    }
    if (values.length != (long) classes.length * dimension) {
      throw new IllegalArgumentException(
          "values.length = %d, but %d classes of dimension %d need %d"
              .formatted(
                  values.length, classes.length, dimension, (long) classes.length * dimension));
    }
    if (sources != null && sources.length != classes.length) {
      throw new IllegalArgumentException(
          "sources.length = %d, but there are %d items".formatted(sources.length, classes.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "values of item %d, component %d = %s, must be finite"
                .formatted(i / dimension, i % dimension, values[i]));
      }
    }
  }

  /**
   * A set without sources.
   *
   * @param values the embeddings, row after row. Not modified.
   * @param dimension the number of components of one embedding
   * @param classes the class id of each item. Not modified.
   */
  public EmbeddingSet(float[] values, int dimension, int[] classes) {
    this(values, dimension, classes, null);
  }

  /**
   * The number of items.
   *
   * @return how many embeddings the set holds
   */
  public int size() {
    return classes.length;
  }

  /**
   * The same items with embeddings of Euclidean length 1 (lengths in double, values rounded once);
   * an embedding of zeros stays zero. O(items x dimension) time and memory.
   *
   * @return a copy of the embeddings with the classes and sources of this set
   */
  EmbeddingSet normalized() {
    float[] unit = new float[values.length];
    for (int start = 0; start < values.length; start += dimension) {
      double squares = 0;
      for (int k = start; k < start + dimension; k++) {
        squares += (double) values[k] * values[k];
      }
      double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
      for (int k = start; k < start + dimension; k++) {
        unit[k] = (float) (values[k] * scale);
      }
    }
    return new EmbeddingSet(unit, dimension, classes, sources);
  }

  /** The largest magnitude of a component. */
  float largest() {
    return largest(0, values.length);
  }

  private float largest(int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }

  /**
   * Refuses embeddings that are not zero but so small that single precision loses their products.
   *
   * @param least the smallest magnitude that the largest component of each may have
   * @param name what the message calls an item
   */
  void requireLargest(float least, IntFunction<String> name) {
    for (int item = 0; item < size(); item++) {
      float largest = largest(item * dimension, (item + 1) * dimension);
      if (largest > 0 && largest < least) {
        throw new IllegalArgumentException(
            "the embedding of %s has no component beyond %s, so small that single precision would take it for equal to others. Maybe scale all embeddings by the same factor, or use the cosine?"
                .formatted(name.apply(item), largest));
      }
    }
  }
}
