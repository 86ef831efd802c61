package org.nnd.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.nnd.ir.NndException;

/** One picture, channels first: {@code pixels[(c * height + y) * width + x]}. */
public record Picture(int channels, int height, int width, float[] pixels) {
  public Picture {
    if (pixels.length != Shapes.count(new int[] {channels, height, width})) {
      throw new NndException(
          "a picture [%d, %d, %d] needs %d values, got %d"
              .formatted(channels, height, width, channels * height * width, pixels.length));
    }
  }

  /**
   * A picture in memory as {@code [1, H, W]}, if {@code grey}, or {@code [3, H, W]}, values 0..1.
   * Transparency is ignored; grey from colours by the weights of ITU-R BT.601.
   */
  public static Picture of(BufferedImage image, boolean grey) {
    if (image == null) {
      throw new NndException(
          "the picture is null; ImageIO.read gives that for a file of a kind that it does not know");
    }
    return ImageFile.picture(image, grey);
  }

  /** The same picture in another size: interpolated where it grows, averaged where it shrinks. */
  public Picture resized(int toHeight, int toWidth) {
    float[] out = new float[channels * toHeight * toWidth];
    int plane = height * width;
    for (int c = 0; c < channels; c++) {
      float[] from = Arrays.copyOfRange(pixels, c * plane, (c + 1) * plane);
      float[] to = Resize.plane(from, height, width, toHeight, toWidth);
      System.arraycopy(to, 0, out, c * to.length, to.length);
    }
    return new Picture(channels, toHeight, toWidth, out);
  }

  /**
   * The window {@code [C, h, w]} whose upper left corner lies at (top, left); what lies outside is
   * 0.
   */
  Picture window(int top, int left, int h, int w) {
    float[] out = new float[channels * h * w];
    int from = Math.max(0, -left);
    int to = Math.min(w, width - left);
    for (int c = 0; c < channels; c++) {
      for (int y = Math.max(0, -top); y < Math.min(h, height - top) && from < to; y++) {
        int source = (c * height + top + y) * width + left + from;
        System.arraycopy(pixels, source, out, (c * h + y) * w + from, to - from);
      }
    }
    return new Picture(channels, h, w, out);
  }
}
