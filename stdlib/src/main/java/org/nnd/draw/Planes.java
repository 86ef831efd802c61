package org.nnd.draw;

import java.awt.image.BufferedImage;
import org.nnd.ir.Literal;

/**
 * A tensor as planes of rows and columns: its last two axes, or three where the one before them
 * holds the colours of a picture.
 *
 * @param colours 3 where three channels are the red, green and blue of one plane, else 1
 */
record Planes(Literal value, int count, int colours, int rows, int columns) {
  static final int GAP = 3;

  /** Colour pictures are at least so high and wide; less is a kernel or a small matrix. */
  static final int LEAST_PICTURE = 8;

  /** {@return the planes of a tensor with at least one axis} */
  static Planes of(Literal value) {
    int[] shape = value.shape();
    int rank = shape.length;
    int columns = shape[rank - 1];
    int rows = rank > 1 ? shape[rank - 2] : 1;
    boolean colour =
        rank >= 3
            && shape[rank - 3] == 3
            && rows >= LEAST_PICTURE
            && columns >= LEAST_PICTURE
            && rank <= 4;
    int colours = colour ? 3 : 1;
    int size = rows * columns * colours;
    return new Planes(value, size == 0 ? 0 : value.count() / size, colours, rows, columns);
  }

  double at(int plane, int row, int column) {
    return at(plane, 0, row, column);
  }

  private double at(int plane, int channel, int row, int column) {
    return value.get(((plane * colours + channel) * rows + row) * columns + column);
  }

  /** {@return a plane in the colours of a scale, or in its own} */
  BufferedImage image(int plane, ColourScale scale, int block) {
    if (colours == 1) {
      return HeatMap.of(rows, columns, (row, column) -> at(plane, row, column), scale, block);
    }
    return HeatMap.paint(
        Math.ceilDiv(rows, block),
        Math.ceilDiv(columns, block),
        (row, column) -> {
          int rgb = 0;
          for (int channel = 0; channel < 3; channel++) {
            rgb = rgb << 8 | level(at(plane, channel, row * block, column * block), scale);
          }
          return rgb;
        });
  }

  /** From 0 to 255: pictures have values from 0 to 1; others are stretched to that. */
  private static int level(double v, ColourScale scale) {
    boolean plain = scale.low() >= 0 && scale.high() <= 1;
    double share = plain ? v : (v - scale.low()) / (scale.high() - scale.low());
    return Double.isNaN(share) ? 128 : (int) Math.round(255 * Math.clamp(share, 0, 1));
  }

  /** {@return the first planes side by side on one picture, gaps see-through} */
  BufferedImage sheet(Arrangement arrangement, ColourScale colouring) {
    int shown = Math.min(arrangement.shown(), count);
    int across = Math.min(arrangement.perRow(), shown);
    BufferedImage sheet = null;
    for (int i = 0; i < shown; i++) {
      BufferedImage tile =
          Raster.enlarged(image(i, colouring, arrangement.block()), arrangement.scale());
      int width = tile.getWidth();
      int height = tile.getHeight();
      if (sheet == null) {
        sheet =
            new BufferedImage(
                across * (width + GAP) - GAP,
                Math.ceilDiv(shown, across) * (height + GAP) - GAP,
                BufferedImage.TYPE_INT_ARGB);
      }
      int x = i % across * (width + GAP);
      int y = i / across * (height + GAP);
      int[] pixels = tile.getRGB(0, 0, width, height, null, 0, width);
      sheet.setRGB(x, y, width, height, pixels, 0, width);
    }
    return sheet;
  }

  /**
   * How planes are laid out on a sheet.
   *
   * @param block so many rows and columns go into a pixel
   * @param scale so many points a pixel is wide
   */
  record Arrangement(int shown, int perRow, int block, int scale) {
    private static final int ROOM = 660;
    private static final int ALONE = 320;
    private static final int SMALL = 40;
    private static final int LARGE = 124;

    /** {@return a layout for the first {@code most} planes of these} */
    static Arrangement of(Planes planes, int most) {
      int longer = Math.max(planes.rows, planes.columns);
      int shown = Math.min(most, planes.count);
      if (shown == 1) {
        int block = HeatMap.block(planes.rows, planes.columns, HeatMap.MOST);
        return new Arrangement(1, 1, block, Raster.scale(longer, ALONE, 24));
      }
      int block = HeatMap.block(planes.rows, planes.columns, LARGE);
      int pixels = Math.ceilDiv(longer, block);
      int scale = Math.max(1, Math.round((float) SMALL / pixels));
      int width = Math.ceilDiv(planes.columns, block) * scale + GAP;
      return new Arrangement(shown, Math.clamp(ROOM / width, 1, 16), block, scale);
    }
  }
}
