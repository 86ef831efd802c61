package org.nnd.layers.nested;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.layers.Expect;

/**
 * Takes out of tokens {@code [N, rows * columns, D]} what tells their position linearly (after
 * Venkataramanan et al. 2025, "Franca", removal of absolute spatial attributes). The features are
 * projected onto the complement of their covariances with the row and with the column number; then
 * no linear function of them tells a position better than a constant does (Belrose et al. 2023,
 * theorem 3.1). The paper finds the two directions by regression instead, and repeats it. Training
 * uses the covariances of the batch and moves the buffer {@code covariance [2, D]} by 0.1 towards
 * them; inference uses the buffer.
 */
public record PositionRemoval(int rows, int columns, Site site) implements UnaryLayer {
  private static final double MOMENTUM = 0.1;

  public PositionRemoval {
    Check.positive("positionRemoval", "the number of rows", rows);
    Check.positive("positionRemoval", "the number of columns", columns);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "positionRemoval", x, 3, "[N, rows * columns, features]");
    Expect.floats(at, "positionRemoval", x);
    int features = Expect.fixed(at, "positionRemoval", x, 2, "features");
    int tokens = Expect.fixed(at, "positionRemoval", x, 1, "tokens");
    if (tokens != rows * columns) {
      throw at.error(
          "positionRemoval expects %d * %d tokens, got %d in %s", rows, columns, tokens, x.shape());
    }
    Tensor covariance = at.buffer("covariance", Initializer.zeros(), 2, features);
    if (at.training()) {
      // The positions have mean 0, so that the features need no centring.
      Tensor positions = Tensor.of(Operations.constant(positions())).cast(x.dtype());
      Tensor batch = positions.matmul(x.mean(0)).div(tokens);
      at.update("covariance", covariance.mul(1 - MOMENTUM).add(batch.mul(MOMENTUM)));
      covariance = batch.stopGradient();
    }
    Tensor row = Prefixes.unit(covariance.narrow(0, 0, 1));
    Tensor column = covariance.narrow(0, 1, 1);
    Tensor across = Prefixes.unit(without(column, row));
    return without(without(x, row), across);
  }

  /** {@code x} less its component along a unit vector {@code [1, D]}. */
  private static Tensor without(Tensor x, Tensor unit) {
    return x.sub(x.mul(unit).keepDims(Tensor::sum, -1).mul(unit));
  }

  /** {@return row and column of each token, {@code [2, tokens]}, centred} */
  private Literal positions() {
    float[] values = new float[2 * rows * columns];
    for (int i = 0; i < rows * columns; i++) {
      values[i] = i / columns - (rows - 1) / 2f;
      values[rows * columns + i] = i % columns - (columns - 1) / 2f;
    }
    return Literal.of(values, 2, rows * columns);
  }

  @Override
  public String toString() {
    return "positionRemoval(" + rows + ", " + columns + ")";
  }
}
