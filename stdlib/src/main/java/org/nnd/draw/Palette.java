package org.nnd.draw;

import java.util.List;

/**
 * The colours of all pictures. Those of lines and areas are Okabe and Ito's (2008), which people
 * with any colour vision tell apart, the light ones darkened to stand out from white as well as
 * from black. Text and frames take the colour of the text around them.
 */
final class Palette {
  /** For lines, dots and areas, in this order. */
  static final List<Integer> SERIES =
      List.of(0x0072b2, 0xd55e00, 0x009e73, 0xc0629a, 0xb97f00, 0x3a94cc);

  /** Bad values: not-a-number, overflow. */
  static final int BAD = 0xd55e00;

  /** Viridis (Smith and van der Walt 2015) at equal distances: lighter is more. */
  private static final int[] VIRIDIS = {
    0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151,
    0xbddf26, 0xfde725
  };

  /** ColorBrewer's RdBu (Brewer 2003), from most negative, blue, to most positive, red. */
  private static final int[] BLUE_TO_RED = {
    0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b
  };

  private Palette() {}

  /** {@return the colour of series {@code i}, as {@code #rrggbb}} */
  static String series(int i) {
    return css(SERIES.get(i % SERIES.size()));
  }

  /** {@return the colour of an amount from 0 to 1: the more, the lighter} */
  static int amount(double value) {
    return between(VIRIDIS, value);
  }

  /** {@return the colour of a number from -1, blue, through 0, nearly white, to 1, red} */
  static int signed(double value) {
    return between(BLUE_TO_RED, (value + 1) / 2);
  }

  static String css(int rgb) {
    return "#%06x".formatted(rgb & 0xffffff);
  }

  /** {@return black or white, whichever is read better on a colour (WCAG 2, relative luminance)} */
  static String inkOn(int rgb) {
    return luminance(rgb) > 0.179 ? "#000" : "#fff";
  }

  /** {@return the relative luminance of a colour, 0 for black, 1 for white (WCAG 2)} */
  static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double v = (channel & 0xff) / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static int between(int[] colours, double value) {
    double at = Math.clamp(value, 0, 1) * (colours.length - 1);
    int low = Math.min((int) at, colours.length - 2);
    double share = at - low;
    int result = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = colours[low] >> shift & 0xff;
      int to = colours[low + 1] >> shift & 0xff;
      result |= (int) Math.round(from + share * (to - from)) << shift;
    }
    return result;
  }
}
