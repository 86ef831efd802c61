package org.nnd.data;

import java.util.SplittableRandom;

/**
 * A smooth random displacement of the plane (Simard et al. 2003, "elastic deformation"): random
 * vectors on a coarse grid over {@code [-0.75, 0.75]^2}, with a smooth step between grid points.
 */
final class Bend {
  private static final int CELLS = 3;
  private static final double REACH = 0.75;

  private final double[] dx = new double[(CELLS + 1) * (CELLS + 1)];
  private final double[] dy = new double[(CELLS + 1) * (CELLS + 1)];

  /**
   * @param amplitude the largest displacement along an axis, in heights of a character
   */
  Bend(SplittableRandom random, double amplitude) {
    for (int i = 0; i < dx.length; i++) {
      dx[i] = Streams.uniform(random, -amplitude, amplitude);
      dy[i] = Streams.uniform(random, -amplitude, amplitude);
    }
  }

  double x(double x, double y) {
    return at(dx, x, y);
  }

  double y(double x, double y) {
    return at(dy, x, y);
  }

  private static double at(double[] grid, double x, double y) {
    double u = cell(x);
    double v = cell(y);
    int i = Math.min(CELLS - 1, (int) u);
    int j = Math.min(CELLS - 1, (int) v);
    double s = smooth(u - i);
    double t = smooth(v - j);
    int k = j * (CELLS + 1) + i;
    double top = grid[k] + s * (grid[k + 1] - grid[k]);
    double bottom = grid[k + CELLS + 1] + s * (grid[k + CELLS + 2] - grid[k + CELLS + 1]);
    return top + t * (bottom - top);
  }

  private static double cell(double x) {
    return Math.max(0, Math.min(CELLS, (x + REACH) / (2 * REACH) * CELLS));
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }
}
