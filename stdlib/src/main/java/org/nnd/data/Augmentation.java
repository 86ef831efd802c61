package org.nnd.data;

import java.util.SplittableRandom;
import org.nnd.ir.NndException;

/**
 * A random change of a picture that keeps its class. The stream it draws from belongs to (seed,
 * epoch, row); the size of what it returns depends on the size of what it is given only.
 */
@FunctionalInterface
public interface Augmentation {
  /** The changed picture; the argument's pixels may be reused. */
  Picture apply(Picture picture, SplittableRandom random);

  /** Moves by up to {@code pixels} in both directions; what comes in from outside is 0. */
  static Augmentation shift(int pixels) {
    require(pixels >= 0, "shift: the distance must not be negative, got " + pixels);
    return (p, random) ->
        p.window(
            random.nextInt(-pixels, pixels + 1),
            random.nextInt(-pixels, pixels + 1),
            p.height(),
            p.width());
  }

  /** Mirrors left and right, half of the time. */
  static Augmentation flip() {
    return (p, random) -> random.nextBoolean() ? mirrored(p) : p;
  }

  /**
   * A random {@code [C, height, width]} part of the picture after a border of {@code padding} zeros
   * was put around it.
   */
  static Augmentation crop(int height, int width, int padding) {
    require(
        height > 0 && width > 0 && padding >= 0,
        "crop: height, width and padding must be positive, got %d, %d, %d"
            .formatted(height, width, padding));
    return (p, random) -> {
      int top = p.height() + 2 * padding - height;
      int left = p.width() + 2 * padding - width;
      require(
          top >= 0 && left >= 0,
          "crop: %dx%d is larger than the picture of %dx%d with a border of %d"
              .formatted(height, width, p.height(), p.width(), padding));
      return p.window(
          random.nextInt(top + 1) - padding, random.nextInt(left + 1) - padding, height, width);
    };
  }

  /**
   * Sets a square of {@code size} pixels to 0 (DeVries and Taylor 2017, "Cutout"); its centre lies
   * anywhere in the picture, so that part of it may fall outside.
   */
  static Augmentation cutout(int size) {
    require(size > 0, "cutout: the size must be above 0, got " + size);
    return (p, random) -> {
      int top = random.nextInt(p.height()) - size / 2;
      int left = random.nextInt(p.width()) - size / 2;
      for (int c = 0; c < p.channels(); c++) {
        for (int y = Math.max(0, top); y < Math.min(p.height(), top + size); y++) {
          int row = (c * p.height() + y) * p.width();
          for (int x = Math.max(0, left); x < Math.min(p.width(), left + size); x++) {
            p.pixels()[row + x] = 0;
          }
        }
      }
      return p;
    };
  }

  private static Picture mirrored(Picture p) {
    float[] out = new float[p.pixels().length];
    for (int i = 0; i < out.length; i++) {
      int x = i % p.width();
      out[i] = p.pixels()[i - x + p.width() - 1 - x];
    }
    return new Picture(p.channels(), p.height(), p.width(), out);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new NndException(message);
    }
  }
}
