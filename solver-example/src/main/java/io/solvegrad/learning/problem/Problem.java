package io.solvegrad.learning.problem;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.solvegrad.solver.BlackboxSolver;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A family of generated examples: pixels that show what something costs, and the best solution
 * under these costs.
 */
public interface Problem {

  /** What predicts the solution. */
  enum Predictor {
    /** A net predicts costs, the solver solves them. */
    SOLVER,
    /** A net predicts the solution itself. */
    PLAIN,
    /** Costs are linear in mean colours, the solver solves them. */
    LINEAR
  }

  /** {@return what it is called on the command line} */
  String name();

  /** {@return how large an example is, in the unit of {@code --size}} */
  int size();

  /** {@return what its solutions are called, plural} */
  String solutions();

  /** {@return the solver of its costs, which accepts any costs} */
  BlackboxSolver solver();

  /** {@return the shape of the pixels of one example} */
  Shape pixels();

  /**
   * An example.
   *
   * @param index its number; the same number gives the same example
   * @return the example
   */
  Instance instance(long index);

  /**
   * A net without the solver.
   *
   * @param predictor for what
   * @return from pixels of a batch to costs, or for {@link Predictor#PLAIN} to the log odds of the
   *     entries of the solution, shape (examples, size of the solver)
   */
  Block net(Predictor predictor);

  /**
   * Draws an example.
   *
   * @param index its number
   * @param shown solutions to draw over it, the true one first; zeros and ones, or anything else
   *     that a net has predicted
   * @return a picture
   */
  BufferedImage picture(long index, List<double[]> shown);

  /** {@return what is to be seen in the pictures, one sentence of plain text} */
  String legend();
}
