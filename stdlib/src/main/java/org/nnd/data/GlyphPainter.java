package org.nnd.data;

import java.util.SplittableRandom;

/**
 * Draws one distorted character, 28x28. The outline is made bolder or thinner, bent, sheared,
 * turned, scaled and moved before it is filled; the picture is then blurred, crossed by strokes,
 * partly covered, its contrast changed and noise added. Grey levels are rounded to 8 bits.
 */
final class GlyphPainter {
  static final int SIZE = 28;

  /** The height of a character before scaling, in pixels. */
  private static final double HEIGHT = 19;

  private final SplittableRandom random;

  private GlyphPainter(SplittableRandom random) {
    this.random = random;
  }

  /** The picture {@code [28 * 28]} of grey levels 0..255, the character bright. */
  static byte[] paint(Outline outline, SplittableRandom random) {
    return new GlyphPainter(random).paint(outline);
  }

  private byte[] paint(Outline outline) {
    float[] ink = fill(outline);
    ink = blurred(ink, uniform(0, 0.3));
    if (random.nextInt(100) < 30) {
      stroke(ink);
    }
    if (random.nextInt(100) < 20) {
      cover(ink);
    }
    return developed(ink);
  }

  private float[] fill(Outline outline) {
    double weight = uniform(-0.012, 0.03);
    double angle = StrictMath.toRadians(uniform(-15, 15));
    double shear = uniform(-0.25, 0.25);
    double sx = HEIGHT * uniform(0.85, 1.15);
    double sy = HEIGHT * uniform(0.85, 1.15);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double dx = SIZE / 2.0 + uniform(-3, 3);
    double dy = SIZE / 2.0 + uniform(-3, 3);
    Bend bend = new Bend(random, 0.05);
    Coverage coverage = new Coverage(SIZE);
    double side = outline.signedArea() > 0 ? 1 : -1;
    for (double[] contour : outline.contours()) {
      double[] p = Weight.offset(contour, side * weight);
      for (int i = 0; i < p.length; i += 2) {
        double bx = p[i] + bend.x(p[i], p[i + 1]);
        double by = p[i + 1] + bend.y(p[i], p[i + 1]);
        double x = sx * (bx + shear * by);
        double y = sy * by;
        p[i] = cos * x - sin * y + dx;
        p[i + 1] = sin * x + cos * y + dy;
      }
      coverage.add(p);
    }
    return coverage.picture();
  }

  /** A blur by {@code [a, 1 - 2a, a]} along both axes. */
  private static float[] blurred(float[] in, double a) {
    float side = (float) a;
    return blurredAlong(blurredAlong(in, side, 1, SIZE), side, SIZE, 1);
  }

  private static float[] blurredAlong(float[] in, float side, int step, int lines) {
    float[] out = new float[in.length];
    for (int line = 0; line < SIZE; line++) {
      for (int k = 0; k < SIZE; k++) {
        int i = line * lines + k * step;
        float before = k > 0 ? in[i - step] : 0;
        float after = k < SIZE - 1 ? in[i + step] : 0;
        out[i] = side * before + (1 - 2 * side) * in[i] + side * after;
      }
    }
    return out;
  }

  /** A thin line across the picture, fainter than the character. */
  private void stroke(float[] ink) {
    double x0 = uniform(0, SIZE);
    double y0 = uniform(0, SIZE);
    double angle = uniform(0, 2 * StrictMath.PI);
    double length = uniform(8, 26);
    double half = uniform(0.3, 0.7);
    double cx = StrictMath.cos(angle);
    double cy = StrictMath.sin(angle);
    double x1 = x0 + length * cx;
    double y1 = y0 + length * cy;
    Coverage coverage = new Coverage(SIZE);
    coverage.add(
        new double[] {
          x0 - half * cy,
          y0 + half * cx,
          x1 - half * cy,
          y1 + half * cx,
          x1 + half * cy,
          y1 - half * cx,
          x0 + half * cy,
          y0 - half * cx
        });
    float[] line = coverage.picture();
    float strength = (float) uniform(0.3, 0.7);
    for (int i = 0; i < ink.length; i++) {
      ink[i] = Math.max(ink[i], strength * line[i]);
    }
  }

  /** An empty rectangle of 3 to 5 pixels a side. */
  private void cover(float[] ink) {
    int w = 3 + random.nextInt(3);
    int h = 3 + random.nextInt(3);
    int left = random.nextInt(SIZE - w);
    int top = random.nextInt(SIZE - h);
    for (int y = top; y < top + h; y++) {
      java.util.Arrays.fill(ink, y * SIZE + left, y * SIZE + left + w, 0);
    }
  }

  /** Contrast, a slope of brightness, noise, and rounding to 8 bits. */
  private byte[] developed(float[] ink) {
    double ground = uniform(0, 0.15);
    double bright = uniform(0.7, 1);
    double slopeX = uniform(-0.1, 0.1) / SIZE;
    double slopeY = uniform(-0.1, 0.1) / SIZE;
    double noise = uniform(0.01, 0.07);
    byte[] out = new byte[ink.length];
    for (int i = 0; i < ink.length; i++) {
      double level = ground + (bright - ground) * ink[i];
      level += slopeX * (i % SIZE - SIZE / 2) + slopeY * (i / SIZE - SIZE / 2);
      level += noise * bell();
      out[i] = (byte) (int) (255 * Math.max(0, Math.min(1, level)) + 0.5);
    }
    return out;
  }

  /** The sum of three uniform numbers, scaled to mean 0 and deviation 1. */
  private double bell() {
    long bits = random.nextLong();
    long sum = (bits & 0x1FFFFF) + (bits >>> 21 & 0x1FFFFF) + (bits >>> 42 & 0x1FFFFF);
    return 2 * (sum * 0x1p-21 - 1.5);
  }

  private double uniform(double from, double to) {
    return Streams.uniform(random, from, to);
  }
}
