package org.nnd.draw;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures of pixels, enlarged by whole factors where they are small. */
final class Raster {
  private Raster() {}

  /** {@return a picture as PNG, in base64} */
  static String png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** {@return a picture within a page, each pixel {@code scale} points wide} */
  static Markup image(BufferedImage image, int scale, String label) {
    return new Markup()
        .empty(
            "img",
            "src",
            "data:image/png;base64," + png(image),
            "width",
            image.getWidth() * scale,
            "height",
            image.getHeight() * scale,
            "style",
            "width:%dpx;height:%dpx".formatted(image.getWidth() * scale, image.getHeight() * scale),
            "alt",
            label);
  }

  /** {@return the same, every pixel {@code scale} x {@code scale} large} */
  static BufferedImage enlarged(BufferedImage image, int scale) {
    BufferedImage large =
        new BufferedImage(
            image.getWidth() * scale, image.getHeight() * scale, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < large.getHeight(); y++) {
      for (int x = 0; x < large.getWidth(); x++) {
        large.setRGB(x, y, image.getRGB(x / scale, y / scale));
      }
    }
    return large;
  }

  /** {@return how large a pixel should be for {@code pixels} of them to take about that room} */
  static int scale(int pixels, int room, int most) {
    return Math.clamp(room / Math.max(1, pixels), 1, most);
  }
}
