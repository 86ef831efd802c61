package org.nnd.draw;

import java.awt.image.BufferedImage;
import java.util.function.IntBinaryOperator;

/**
 * Numbers in rows and columns as colours. A map that is larger than a screen is brought to size:
 * each pixel is then the mean of a block of numbers.
 */
final class HeatMap {
  /** Pixels along the longer side at most. */
  static final int MOST = 480;

  /** Numbers in rows and columns. */
  @FunctionalInterface
  interface Values {
    double at(int row, int column);
  }

  private HeatMap() {}

  /** {@return how many rows and columns go into one pixel, for {@code most} along a side} */
  static int block(int rows, int columns, int most) {
    return Math.max(1, Math.ceilDiv(Math.max(rows, columns), most));
  }

  /** {@return a picture, a pixel for each number or for {@code block} x {@code block} of them} */
  static BufferedImage of(int rows, int columns, Values values, ColourScale scale, int block) {
    return paint(
        Math.max(1, Math.ceilDiv(rows, block)),
        Math.max(1, Math.ceilDiv(columns, block)),
        (row, column) ->
            scale.rgb(
                block == 1
                    ? values.at(row, column)
                    : mean(rows, columns, values, row * block, column * block, block)));
  }

  /** {@return a picture of the colours 0xRRGGBB by row and column} */
  static BufferedImage paint(int rows, int columns, IntBinaryOperator rgb) {
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        image.setRGB(x, y, rgb.applyAsInt(y, x));
      }
    }
    return image;
  }

  private static double mean(int rows, int columns, Values values, int top, int left, int block) {
    double sum = 0;
    int bottom = Math.min(rows, top + block);
    int right = Math.min(columns, left + block);
    int count = (bottom - top) * (right - left);
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        sum += values.at(row, column) / count;
      }
    }
    return sum;
  }
}
