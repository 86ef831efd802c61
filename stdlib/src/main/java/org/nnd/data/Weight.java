package org.nnd.data;

/** Makes strokes bolder or thinner by moving the corners of a contour along their normals. */
final class Weight {
  private Weight() {}

  /**
   * The contour with every edge moved outwards by {@code distance}; negative for contours that turn
   * the other way or to make strokes thinner. Sharp corners are cut where the mitre would be long.
   */
  static double[] offset(double[] contour, double distance) {
    int n = contour.length;
    double[] out = new double[n];
    for (int i = 0; i < n; i += 2) {
      int before = (i + n - 2) % n;
      int after = (i + 2) % n;
      double ax = contour[i] - contour[before];
      double ay = contour[i + 1] - contour[before + 1];
      double bx = contour[after] - contour[i];
      double by = contour[after + 1] - contour[i + 1];
      double a = Math.sqrt(ax * ax + ay * ay);
      double b = Math.sqrt(bx * bx + by * by);
      // With y downwards and a positive area, the outside lies to the right of an edge: (dy, -dx).
      double nx = ay / a + by / b;
      double ny = -(ax / a + bx / b);
      double mitre = distance * 2 / Math.max(1, nx * nx + ny * ny);
      out[i] = contour[i] + nx * mitre;
      out[i + 1] = contour[i + 1] + ny * mitre;
    }
    return out;
  }
}
