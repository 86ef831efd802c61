package org.nnd.data;

/**
 * Changes the size of one plane of a picture with a triangle filter as wide as the larger of the
 * two pixel sizes: bilinear interpolation where the picture grows, an average over all pixels where
 * it shrinks, so that nothing is skipped.
 */
final class Resize {
  private Resize() {}

  /** The plane {@code [height, width]} as {@code [toHeight, toWidth]}. */
  static float[] plane(float[] in, int height, int width, int toHeight, int toWidth) {
    if (height == toHeight && width == toWidth) {
      return in;
    }
    float[] wide = new float[height * toWidth];
    Weights across = new Weights(width, toWidth);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < toWidth; x++) {
        wide[y * toWidth + x] = across.sum(in, y * width, 1, x);
      }
    }
    float[] out = new float[toHeight * toWidth];
    Weights down = new Weights(height, toHeight);
    for (int y = 0; y < toHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        out[y * toWidth + x] = down.sum(wide, x, toWidth, y);
      }
    }
    return out;
  }

  /** For every new pixel, the first old one it looks at and the shares of those, summing to 1. */
  private static final class Weights {
    private final int[] first;
    private final float[][] shares;

    Weights(int from, int to) {
      first = new int[to];
      shares = new float[to][];
      double scale = (double) from / to;
      double reach = Math.max(1, scale);
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int begin = Math.max(0, (int) Math.ceil(centre - reach - 0.5));
        int end = Math.min(from - 1, (int) Math.floor(centre + reach - 0.5));
        float[] share = new float[end - begin + 1];
        double total = 0;
        for (int k = begin; k <= end; k++) {
          double w = Math.max(0, 1 - Math.abs(k + 0.5 - centre) / reach);
          share[k - begin] = (float) w;
          total += w;
        }
        for (int k = 0; k < share.length; k++) {
          share[k] = (float) (share[k] / total);
        }
        first[i] = begin;
        shares[i] = share;
      }
    }

    float sum(float[] in, int offset, int step, int i) {
      float sum = 0;
      for (int k = 0; k < shares[i].length; k++) {
        sum += shares[i][k] * in[offset + (first[i] + k) * step];
      }
      return sum;
    }
  }
}
