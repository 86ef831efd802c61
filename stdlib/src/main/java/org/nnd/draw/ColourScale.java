package org.nnd.draw;

/**
 * Which colour a number has: numbers of both signs go from blue over white to red, those of one
 * sign from dark to light. What is no number is grey, a colour that these scales do not have;
 * within pictures in grey, it is vermilion.
 */
record ColourScale(double low, double high, Kind kind) {
  enum Kind {
    /** From dark blue to yellow. */
    AMOUNT,
    /** From blue over white, which is 0, to red. */
    SIGNED,
    /** From black to white, for pictures. */
    GREY
  }

  /** What not-a-number looks like; infinities have the colours of the ends. */
  static final int NOT_A_NUMBER = 0x808080;

  static ColourScale of(Statistics statistics) {
    if (statistics.finite() == 0) {
      return new ColourScale(0, 1, Kind.AMOUNT);
    }
    if (statistics.least() < 0 && statistics.greatest() > 0) {
      return new ColourScale(-statistics.magnitude(), statistics.magnitude(), Kind.SIGNED);
    }
    return new ColourScale(statistics.least(), statistics.greatest(), Kind.AMOUNT);
  }

  /** {@return 0xRRGGBB} */
  int rgb(double v) {
    if (Double.isNaN(v)) {
      return kind == Kind.GREY ? Palette.BAD : NOT_A_NUMBER;
    }
    // Halves, as the distance of the largest numbers is more than a double holds.
    double span = high / 2 - low / 2;
    double share = span > 0 ? Math.clamp((v / 2 - low / 2) / span, 0, 1) : 0.5;
    return switch (kind) {
      case AMOUNT -> Palette.amount(share);
      case SIGNED -> Palette.signed(2 * share - 1);
      case GREY -> 0x010101 * (int) Math.round(255 * share);
    };
  }

  /** {@return the scale of pictures with one channel, values from 0 to 1} */
  static ColourScale grey() {
    return new ColourScale(0, 1, Kind.GREY);
  }

  /** {@return the bar of the scale with its ends} */
  Markup legend() {
    StringBuilder stops = new StringBuilder();
    for (int i = 0; i <= 8; i++) {
      stops.append(',').append(Palette.css(rgb(low + (high / 8 - low / 8) * i)));
    }
    return new Markup()
        .open("div", "class", "m", "style", "display:flex;align-items:center;gap:6px;margin:2px 0")
        .element("span", Shown.number(low))
        .element(
            "span",
            "",
            "style",
            "display:inline-block;width:120px;height:10px;border-radius:2px;"
                + "background:linear-gradient(to right"
                + stops
                + ")")
        .element("span", Shown.number(high))
        .close();
  }
}
