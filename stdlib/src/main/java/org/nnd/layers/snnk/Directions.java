package org.nnd.layers.snnk;

import org.nnd.dsl.RandomStream;

/** Random directions: standard normal vectors, coupled in blocks of as many as they are long. */
final class Directions {
  private Directions() {}

  /** {@return {@code m} rows of {@code d} numbers} */
  static double[][] of(Coupling coupling, int m, int d, RandomStream random) {
    double[][] rows = new double[m][];
    for (int first = 0; first < m; first += d) {
      double[][] block = block(coupling, d, random);
      for (int i = 0; i < d && first + i < m; i++) {
        rows[first + i] = block[i];
      }
    }
    return rows;
  }

  private static double[][] block(Coupling coupling, int d, RandomStream random) {
    double[][] rows = normal(d, random);
    return switch (coupling) {
      case INDEPENDENT -> rows;
      case ORTHOGONAL -> withNormalLengths(orthonormal(rows), random);
      case SIMPLEX -> withNormalLengths(simplex(orthonormal(rows)), random);
    };
  }

  private static double[][] normal(int d, RandomStream random) {
    double[][] rows = new double[d][d];
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        row[j] = random.normal();
      }
    }
    return rows;
  }

  /** Gram and Schmidt, twice against cancellation: rows of a Haar-distributed rotation. */
  private static double[][] orthonormal(double[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < i; k++) {
          addTo(rows[i], -dot(rows[i], rows[k]), rows[k]);
        }
      }
      scale(rows[i], 1 / Math.sqrt(dot(rows[i], rows[i])));
    }
    return rows;
  }

  /** The corners {@code e_i - mean(e)} of a simplex, of length 1, rotated; one alone stays. */
  private static double[][] simplex(double[][] rotation) {
    int d = rotation.length;
    if (d == 1) {
      return rotation;
    }
    double[] mean = new double[d];
    for (double[] row : rotation) {
      addTo(mean, 1.0 / d, row);
    }
    for (double[] row : rotation) {
      addTo(row, -1, mean);
      scale(row, Math.sqrt(d / (d - 1.0)));
    }
    return rotation;
  }

  /** Gives unit vectors the lengths of independent normal ones (chi with d degrees of freedom). */
  private static double[][] withNormalLengths(double[][] rows, RandomStream random) {
    double[][] other = normal(rows.length, random);
    for (int i = 0; i < rows.length; i++) {
      scale(rows[i], Math.sqrt(dot(other[i], other[i])));
    }
    return rows;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += x[j] * y[j];
    }
    return sum;
  }

  private static void addTo(double[] x, double factor, double[] y) {
    for (int j = 0; j < x.length; j++) {
      x[j] += factor * y[j];
    }
  }

  private static void scale(double[] x, double factor) {
    for (int j = 0; j < x.length; j++) {
      x[j] *= factor;
    }
  }
}
