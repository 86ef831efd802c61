package org.nnd.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.nnd.ir.NndException;

/** Reads picture files of the kinds ImageIO knows: PNG, JPEG, GIF, BMP. */
final class ImageFile {
  /** Larger pictures are refused: their size in memory would be hundreds of times the file's. */
  private static final long MOST_PIXELS = 1L << 28;

  private ImageFile() {}

  /**
   * The picture in its own size, {@code [1, H, W]} or {@code [3, H, W]}, 0..1. Transparency is
   * ignored. Grey from colours by the weights of ITU-R BT.601.
   */
  static Picture read(Path file, boolean grey) {
    return picture(decode(file), grey);
  }

  /** As {@link #read}, for a picture in memory. */
  static Picture picture(BufferedImage image, boolean grey) {
    float[][] rgb = planes(image);
    int size = rgb[0].length;
    boolean isGrey = rgb[0] == rgb[1];
    float[] pixels = new float[grey ? size : 3 * size];
    for (int i = 0; i < size; i++) {
      if (!grey) {
        pixels[i] = rgb[0][i];
        pixels[size + i] = rgb[1][i];
        pixels[2 * size + i] = rgb[2][i];
      } else {
        pixels[i] =
            isGrey ? rgb[0][i] : 0.299f * rgb[0][i] + 0.587f * rgb[1][i] + 0.114f * rgb[2][i];
      }
    }
    return new Picture(grey ? 1 : 3, image.getHeight(), image.getWidth(), pixels);
  }

  private static BufferedImage decode(Path file) {
    try (InputStream bytes = Files.newInputStream(file);
        ImageInputStream in = new MemoryCacheImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new NndException(file + ": not a picture of a known kind (PNG, JPEG, GIF, BMP)");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new NndException(
              "%s: the picture claims %d pixels, more than the %d that are read"
                  .formatted(file, pixels, MOST_PIXELS));
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    } catch (RuntimeException e) {
      // Decoders answer damaged data with all kinds of unchecked exceptions.
      if (e instanceof NndException known) {
        throw known;
      }
      throw new NndException(file + ": damaged picture: " + e, e);
    }
  }

  /** Red, green and blue; three times the same array where the picture is grey. */
  private static float[][] planes(BufferedImage image) {
    ColorModel model = image.getColorModel();
    // getRGB would take a grey raster for linear light and brighten it.
    boolean raw = !(model instanceof IndexColorModel) && model.getNumColorComponents() == 1;
    return raw ? grey(image.getRaster(), model.getComponentSize(0)) : colours(image);
  }

  private static float[][] grey(Raster raster, int bits) {
    int[] samples =
        raster.getSamples(
            raster.getMinX(),
            raster.getMinY(),
            raster.getWidth(),
            raster.getHeight(),
            0,
            (int[]) null);
    float[] out = new float[samples.length];
    float most = (1L << bits) - 1;
    for (int i = 0; i < out.length; i++) {
      out[i] = samples[i] / most;
    }
    return new float[][] {out, out, out};
  }

  private static float[][] colours(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    int[] rgb = image.getRGB(0, 0, w, h, new int[w * h], 0, w);
    float[][] out = new float[3][w * h];
    for (int i = 0; i < rgb.length; i++) {
      out[0][i] = (rgb[i] >> 16 & 0xFF) / 255f;
      out[1][i] = (rgb[i] >> 8 & 0xFF) / 255f;
      out[2][i] = (rgb[i] & 0xFF) / 255f;
    }
    return out;
  }
}
