package org.nnd.model;

import org.nnd.ir.NndException;

/**
 * The weights that minimise {@code |X W^T - Y|^2 + ridge |W|^2} over rows given part by part: sums
 * and Cholesky factor in float64, {@code width^2} numbers of memory.
 */
public final class LeastSquares {
  private final double[][] gram;
  private final double[][] moments;

  /**
   * @param width numbers in a row of X
   * @param outputs numbers in a row of Y
   */
  public LeastSquares(int width, int outputs) {
    gram = new double[width][width];
    moments = new double[width][outputs];
  }

  /** Adds one row of X and of Y. */
  public void add(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      if (x[i] == 0) {
        continue;
      }
      for (int j = 0; j <= i; j++) {
        gram[i][j] += x[i] * x[j];
      }
      for (int k = 0; k < y.length; k++) {
        moments[i][k] += x[i] * y[k];
      }
    }
  }

  /** {@return the mean of the diagonal of {@code X^T X}, the scale for a ridge} */
  public double scale() {
    double sum = 0;
    for (int i = 0; i < gram.length; i++) {
      sum += gram[i][i];
    }
    return sum / gram.length;
  }

  /**
   * {@return {@code W [outputs, width]}}
   *
   * @throws NndException if the rows do not determine the weights and the ridge is too small
   */
  public double[][] solve(double ridge) {
    int n = gram.length;
    double[][] factor = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = gram[i][j] + (i == j ? ridge : 0);
        for (int k = 0; k < j; k++) {
          sum -= factor[i][k] * factor[j][k];
        }
        if (i == j && !(sum > 0)) {
          throw new NndException(
              ("least squares: the examples do not determine the weights of %d features; use more"
                      + " examples, fewer features or a ridge above %s")
                  .formatted(n, ridge));
        }
        factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
      }
    }
    int outputs = moments[0].length;
    double[][] weights = new double[outputs][];
    for (int k = 0; k < outputs; k++) {
      weights[k] = substitute(factor, k);
    }
    return weights;
  }

  /** Forward and backward through the factor. */
  private double[] substitute(double[][] factor, int output) {
    int n = factor.length;
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = moments[i][output];
      for (int k = 0; k < i; k++) {
        sum -= factor[i][k] * w[k];
      }
      w[i] = sum / factor[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = w[i];
      for (int k = i + 1; k < n; k++) {
        sum -= factor[k][i] * w[k];
      }
      w[i] = sum / factor[i][i];
    }
    return w;
  }
}
