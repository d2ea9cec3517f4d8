package io.solvegrad.relaxation.embedding;

/** How alike two embeddings are; larger is more alike. */
public enum Similarity {
  /** The inner product. */
  DOT(false) {
    @Override
    double of(double product, double squaredDistance) {
      return product;
    }

    @Override
    double slope(double squaredDistance) {
      return 1;
    }
  },
  /** The cosine. */
  COSINE(true) {
    @Override
    double of(double product, double squaredDistance) {
      return product;
    }

    @Override
    double slope(double squaredDistance) {
      return 1;
    }
  },
  /** Minus the Euclidean distance of the unit vectors; no slope where they are the same. */
  NEGATIVE_DISTANCE(true) {
    @Override
    double of(double product, double squaredDistance) {
      return -Math.sqrt(squaredDistance);
    }

    @Override
    double slope(double squaredDistance) {
      return squaredDistance == 0 ? 0 : 1 / Math.sqrt(squaredDistance);
    }
  },
  /** Minus the squared Euclidean distance of the unit vectors. */
  NEGATIVE_SQUARED_DISTANCE(true) {
    @Override
    double of(double product, double squaredDistance) {
      return -squaredDistance;
    }

    @Override
    double slope(double squaredDistance) {
      return 2;
    }
  };

  private final boolean ofUnitVectors;

  Similarity(boolean ofUnitVectors) {
    this.ofUnitVectors = ofUnitVectors;
  }

  /** Whether embeddings are divided by their length first. */
  boolean ofUnitVectors() {
    return ofUnitVectors;
  }

  /** The similarity from the inner product and the squared distance of the vectors compared. */
  abstract double of(double product, double squaredDistance);

  /** Derivative by the inner product, of unit vectors where the distance is used. */
  abstract double slope(double squaredDistance);
}
