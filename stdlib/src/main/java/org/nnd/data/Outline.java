package org.nnd.data;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;

/**
 * The outline of a character as closed polygons {@code x0, y0, x1, y1, ...}, y downwards. Curves
 * are replaced by chords and long edges are divided, so that an outline can be bent by moving its
 * corners. All arithmetic is on doubles and of the kind that IEEE 754 fixes to the bit.
 */
record Outline(List<double[]> contours) {
  private static final int CHORDS = 6;

  /** Reads a path in font units, y upwards. */
  static Outline of(Shape path) {
    List<double[]> contours = new ArrayList<>();
    Corners corners = new Corners();
    double[] p = new double[6];
    for (PathIterator it = path.getPathIterator(null); !it.isDone(); it.next()) {
      switch (it.currentSegment(p)) {
        case PathIterator.SEG_MOVETO -> {
          corners.closeInto(contours);
          corners.add(p[0], -p[1]);
        }
        case PathIterator.SEG_LINETO -> corners.add(p[0], -p[1]);
        case PathIterator.SEG_QUADTO -> quadratic(corners, p);
        case PathIterator.SEG_CUBICTO -> cubic(corners, p);
        case PathIterator.SEG_CLOSE -> corners.closeInto(contours);
        default -> throw new IllegalStateException("unknown segment of a path");
      }
    }
    corners.closeInto(contours);
    return new Outline(List.copyOf(contours));
  }

  private static void quadratic(Corners to, double[] p) {
    double x = to.lastX();
    double y = to.lastY();
    for (int i = 1; i <= CHORDS; i++) {
      double t = (double) i / CHORDS;
      double s = 1 - t;
      to.add(
          s * s * x + 2 * s * t * p[0] + t * t * p[2], s * s * y - 2 * s * t * p[1] - t * t * p[3]);
    }
  }

  private static void cubic(Corners to, double[] p) {
    double x = to.lastX();
    double y = to.lastY();
    for (int i = 1; i <= CHORDS; i++) {
      double t = (double) i / CHORDS;
      double s = 1 - t;
      double a = 3 * s * s * t;
      double b = 3 * s * t * t;
      to.add(
          s * s * s * x + a * p[0] + b * p[2] + t * t * t * p[4],
          s * s * s * y - a * p[1] - b * p[3] - t * t * t * p[5]);
    }
  }

  /** {left, top, right, bottom}. */
  double[] bounds() {
    double[] b = {
      Double.POSITIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (double[] c : contours) {
      for (int i = 0; i < c.length; i += 2) {
        b[0] = Math.min(b[0], c[i]);
        b[1] = Math.min(b[1], c[i + 1]);
        b[2] = Math.max(b[2], c[i]);
        b[3] = Math.max(b[3], c[i + 1]);
      }
    }
    return b;
  }

  /** The outline moved so that the middle of its bounds is the origin, then scaled. */
  Outline centred(double scale) {
    double[] b = bounds();
    double x = (b[0] + b[2]) / 2;
    double y = (b[1] + b[3]) / 2;
    List<double[]> out = new ArrayList<>();
    for (double[] c : contours) {
      double[] moved = new double[c.length];
      for (int i = 0; i < c.length; i += 2) {
        moved[i] = (c[i] - x) * scale;
        moved[i + 1] = (c[i + 1] - y) * scale;
      }
      out.add(moved);
    }
    return new Outline(List.copyOf(out));
  }

  /** Edges longer than {@code longest} divided into equal parts. */
  Outline divided(double longest) {
    List<double[]> out = new ArrayList<>();
    for (double[] c : contours) {
      Corners corners = new Corners();
      for (int i = 0; i < c.length; i += 2) {
        int j = (i + 2) % c.length;
        double dx = c[j] - c[i];
        double dy = c[j + 1] - c[i + 1];
        int parts = Math.max(1, (int) Math.ceil(Math.sqrt(dx * dx + dy * dy) / longest));
        for (int k = 0; k < parts; k++) {
          corners.add(c[i] + dx * k / parts, c[i + 1] + dy * k / parts);
        }
      }
      corners.closeInto(out);
    }
    return new Outline(List.copyOf(out));
  }

  /** Twice the area inside, negative where the outer contours turn the other way. */
  double signedArea() {
    double sum = 0;
    for (double[] c : contours) {
      for (int i = 0; i < c.length; i += 2) {
        int j = (i + 2) % c.length;
        sum += c[i] * c[j + 1] - c[j] * c[i + 1];
      }
    }
    return sum;
  }

  /** Growing list of corners of one contour; a corner on top of the last one is left out. */
  private static final class Corners {
    private double[] xy = new double[64];
    private int length;

    double lastX() {
      return xy[length - 2];
    }

    double lastY() {
      return xy[length - 1];
    }

    void add(double x, double y) {
      if (length > 0 && x == lastX() && y == lastY()) {
        return;
      }
      if (length == xy.length) {
        xy = java.util.Arrays.copyOf(xy, 2 * length);
      }
      xy[length++] = x;
      xy[length++] = y;
    }

    void closeInto(List<double[]> contours) {
      if (length > 2 && xy[0] == lastX() && xy[1] == lastY()) {
        length -= 2;
      }
      if (length >= 6) {
        contours.add(java.util.Arrays.copyOf(xy, length));
      }
      length = 0;
    }
  }
}
