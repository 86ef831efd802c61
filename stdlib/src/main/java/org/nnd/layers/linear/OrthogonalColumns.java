package org.nnd.layers.linear;

import org.nnd.dsl.Initializer;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/**
 * A normal matrix {@code [d, m]} whose columns are made orthogonal in groups of d: directions of an
 * orthonormal matrix, lengths of independent normal vectors (Choromanski et al. 2021, section 2.4).
 */
record OrthogonalColumns() implements Initializer.Computed {
  @Override
  public Literal sample(long seed, String path, int[] shape) {
    int d = shape[0];
    int m = shape[1];
    Literal lengths = Initializer.normal(0, 1).sample(seed, path + ".lengths", new int[] {m, d});
    double[] values = new double[d * m];
    for (int from = 0; from < m; from += d) {
      Literal directions =
          Initializer.orthogonal(1).sample(seed, path + "." + from, new int[] {d, d});
      for (int column = from; column < Math.min(from + d, m); column++) {
        double square = 0;
        for (int i = 0; i < d; i++) {
          square += Math.pow(lengths.get(column * d + i), 2);
        }
        for (int i = 0; i < d; i++) {
          values[i * m + column] = Math.sqrt(square) * directions.get(i * d + column - from);
        }
      }
    }
    return Literal.ofDoubles(DType.F32, values, shape);
  }
}
