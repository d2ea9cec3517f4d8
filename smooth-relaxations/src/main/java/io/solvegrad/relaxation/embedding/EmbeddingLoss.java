package io.solvegrad.relaxation.embedding;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A ranking loss on the similarities of all pairs of a batch of B embeddings, with its gradient
 * with respect to the embeddings. In double precision; O(B^2 x dimension) time and O(B^2 + B x
 * dimension) memory. Zero vectors stay zero and get no gradient where unit vectors are compared;
 * all others have their direction, however long or short, and a gradient in inverse proportion to
 * their length, where lengths below 1e-300 count as that.
 *
 * @param similarity how alike two embeddings are
 * @param temperature what similarities are divided by, positive
 * @param loss a loss on the rows of the similarity matrix
 */
public record EmbeddingLoss(Similarity similarity, double temperature, RankingLoss loss) {
  // What is divided by less would leave the number format.
  private static final double SMALLEST = 1e-300;

  /** Of squared lengths from here on, no component that counts is lost by underflow. */
  private static final double SMALLEST_SQUARE = 0x1p-900;

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public EmbeddingLoss {
    Objects.requireNonNull(similarity, "similarity must not be null");
    Objects.requireNonNull(loss, "loss must not be null");
    requirePositive("temperature", temperature);
  }

  static void requirePositive(String name, double value) {
    if (!(value >= SMALLEST) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          value > 0 && value < SMALLEST
              ? "%s must be at least %s, but is %s".formatted(name, SMALLEST, value)
              : name + " must be positive and finite, but is " + value);
    }
  }

  /**
   * {@return the same loss on a matrix of inner products, for whoever computes them already} Unless
   * the similarity is {@link Similarity#DOT}, they are those of unit vectors, so a squared distance
   * is 2 - 2 x product. One more pass over the scores, and none for inner products at temperature
   * 1.
   */
  public RankingLoss onProducts() {
    boolean asTheyAre = similarity == Similarity.DOT || similarity == Similarity.COSINE;
    return asTheyAre && temperature == 1 ? loss : new OnProducts(this);
  }

  /**
   * Evaluates the loss and adds its gradient.
   *
   * @param embeddings B embeddings one behind the other. Not modified.
   * @param classes the class of each. Not modified.
   * @param gradient receives the gradient, as long as the embeddings, or null. Modified (added to).
   * @return the loss
   * @throws IllegalArgumentException if lengths do not go together, there are more than 46,340
   *     embeddings, whose pairs no array holds, or a component is not finite, naming row and column
   */
  public double evaluate(ScoreArray embeddings, int[] classes, @Nullable ScoreArray gradient) {
    Objects.requireNonNull(embeddings, "embeddings must not be null");
    Objects.requireNonNull(classes, "classes must not be null");
    int count = classes.length;
    int length = embeddings.length();
    if (count == 0 ? length != 0 : length % count != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no %d embeddings of one length".formatted(length, count));
    }
    if (gradient != null && gradient.length() != length) {
      throw new IllegalArgumentException(
          "gradient has %d values for %d of embeddings".formatted(gradient.length(), length));
    }
    if (count == 0) {
      return 0;
    }
    if ((long) count * count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d embeddings have more pairs than an array holds. Maybe take smaller batches"
              .formatted(count));
    }
    double[][] vectors = read(embeddings, count, length / count);
    double[] norms = similarity.ofUnitVectors() ? normalise(vectors) : new double[0];
    double[] squares = new double[count * count];
    double[] scores = compare(vectors, squares);
    RankingBatch batch =
        RankingBatch.rows(
                ScoreArray.of(scores),
                count,
                count,
                Relevance.of(ItemSets.sameId(classes, classes)))
            .excluding(ItemSets.self());
    if (gradient == null) {
      return loss.value(batch);
    }
    double[] slopes = new double[scores.length];
    double value = loss.evaluate(batch, 1, ScoreArray.of(slopes), new Diagnostics());
    pull(vectors, norms, squares, slopes, gradient);
    return value;
  }

  private static double[][] read(ScoreArray embeddings, int count, int dimension) {
    double[][] vectors = new double[count][dimension];
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < dimension; d++) {
        double x = embeddings.get(i * dimension + d);
        if (!Double.isFinite(x)) {
          throw new IllegalArgumentException(
              "embedding is %s at row %d, column %d".formatted(x, i, d));
        }
        vectors[i][d] = x;
      }
    }
    return vectors;
  }

  private static double[] normalise(double[][] vectors) {
    double[] norms = new double[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      double square = dot(vectors[i], vectors[i]);
      int exponent = 0;
      if (square < SMALLEST_SQUARE || square == Double.POSITIVE_INFINITY) {
        exponent = rescale(vectors[i]);
        square = dot(vectors[i], vectors[i]);
      }
      double norm = Math.sqrt(square);
      for (int d = 0; d < vectors[i].length && norm > 0; d++) {
        vectors[i][d] /= norm;
      }
      norms[i] = Math.scalb(norm, exponent);
    }
    return norms;
  }

  /**
   * Divides by the power of two of the largest component, which is returned; 0 for zero vectors.
   */
  private static int rescale(double[] vector) {
    double largest = 0;
    for (double x : vector) {
      largest = Math.max(largest, Math.abs(x));
    }
    if (largest == 0) {
      return 0;
    }
    int exponent = Math.getExponent(largest);
    for (int d = 0; d < vector.length; d++) {
      vector[d] = Math.scalb(vector[d], -exponent);
    }
    return exponent;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private double[] compare(double[][] vectors, double[] squares) {
    int count = vectors.length;
    double[] scores = new double[count * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        double square = squaredDistance(vectors[i], vectors[j]);
        double score = similarity.of(dot(vectors[i], vectors[j]), square) / temperature;
        scores[i * count + j] = score;
        scores[j * count + i] = score;
        squares[i * count + j] = square;
        squares[j * count + i] = square;
      }
    }
    return scores;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return sum;
  }

  /** Every score depends on both its vectors; a unit vector moves along the sphere alone. */
  private void pull(
      double[][] vectors, double[] norms, double[] squares, double[] slopes, ScoreArray gradient) {
    int count = vectors.length;
    int dimension = vectors[0].length;
    double[] pulled = new double[dimension];
    for (int i = 0; i < count; i++) {
      Arrays.fill(pulled, 0);
      for (int j = 0; j < count; j++) {
        double slope = slopes[i * count + j] + slopes[j * count + i];
        if (j != i && slope != 0) {
          double share = slope * similarity.slope(squares[i * count + j]) / temperature;
          for (int d = 0; d < dimension; d++) {
            pulled[d] += share * vectors[j][d];
          }
        }
      }
      double along = 0;
      double scale = 1;
      if (similarity.ofUnitVectors()) {
        along = dot(pulled, vectors[i]);
        scale = norms[i] == 0 ? 0 : 1 / Math.max(norms[i], SMALLEST);
      }
      for (int d = 0; d < dimension; d++) {
        gradient.add(i * dimension + d, scale * (pulled[d] - along * vectors[i][d]));
      }
    }
  }
}
