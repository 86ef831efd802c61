package org.nnd.data;

/**
 * Fills polygons with exact area coverage. Each edge adds, to the pixels it crosses, the change of
 * coverage that it causes from there to the right; summing a row from left to right then gives the
 * share of every pixel that lies inside (the signed-area accumulation of font-rs and stb_truetype).
 * The winding rule is non-zero for contours that do not cross.
 */
final class Coverage {
  /** Pixels around the picture, so that what is drawn beyond its edge needs no clipping. */
  private static final int MARGIN = 8;

  private final int size;
  private final int stride;
  private final double[] change;

  Coverage(int size) {
    this.size = size;
    this.stride = size + 2 * MARGIN + 2;
    this.change = new double[stride * (size + 2 * MARGIN)];
  }

  /** Adds the closed polygon {@code x0, y0, x1, y1, ...} in pixels. */
  void add(double[] polygon) {
    for (int i = 0; i < polygon.length; i += 2) {
      int j = (i + 2) % polygon.length;
      edge(inside(polygon[i]), inside(polygon[i + 1]), inside(polygon[j]), inside(polygon[j + 1]));
    }
  }

  /** The coverage {@code [size * size]}, each in 0..1. */
  float[] picture() {
    float[] out = new float[size * size];
    for (int y = 0; y < size; y++) {
      double sum = 0;
      int row = (y + MARGIN) * stride;
      for (int x = 0; x < size + MARGIN; x++) {
        sum += change[row + x];
        if (x >= MARGIN) {
          out[y * size + x - MARGIN] = (float) Math.min(1, Math.abs(sum));
        }
      }
    }
    return out;
  }

  private double inside(double v) {
    return Math.max(0, Math.min(size + 2 * MARGIN, v + MARGIN));
  }

  private void edge(double x0, double y0, double x1, double y1) {
    if (y0 == y1) {
      return;
    }
    boolean down = y0 < y1;
    double xTop = down ? x0 : x1;
    double top = down ? y0 : y1;
    double bottom = down ? y1 : y0;
    double slope = (x1 - x0) / (y1 - y0);
    for (int row = (int) top; row < bottom; row++) {
      double from = Math.max(top, row);
      double to = Math.min(bottom, row + 1);
      double height = down ? to - from : from - to;
      double a = inRow(xTop + (from - top) * slope);
      double b = inRow(xTop + (to - top) * slope);
      span(row * stride, Math.min(a, b), Math.max(a, b), height);
    }
  }

  private double inRow(double x) {
    return Math.max(0, Math.min(size + 2 * MARGIN, x));
  }

  /** A piece of an edge within one row of pixels, going from column a to column b. */
  private void span(int row, double a, double b, double height) {
    int first = (int) a;
    int last = (int) b;
    if (first == last) {
      double right = 1 - ((a + b) / 2 - first);
      change[row + first] += height * right;
      change[row + first + 1] += height * (1 - right);
      return;
    }
    double perColumn = height / (b - a);
    double covered = 0; // what has been handed out up to the current column
    double reached = 0; // the edge's height up to the current column's right border
    for (int x = first; x <= last; x++) {
      double l = Math.max(a, x);
      double r = Math.min(b, x + 1);
      double h = (r - l) * perColumn;
      double area = reached + h * (1 - ((l + r) / 2 - x));
      change[row + x] += area - covered;
      covered = area;
      reached += h;
    }
    change[row + last + 1] += height - covered;
  }
}
