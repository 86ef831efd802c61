package org.nnd.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Literal;

class PaletteTest {
  @Test
  void moreIsLighter() {
    double before = -1;
    for (int i = 0; i <= 200; i++) {
      double now = Palette.luminance(Palette.amount(i / 200.0));
      assertTrue(now >= before, "at " + i);
      before = now;
    }
  }

  @Test
  void furtherFromZeroIsDarkerOnBothSides() {
    for (int sign : List.of(-1, 1)) {
      double before = 2;
      for (int i = 0; i <= 100; i++) {
        double now = Palette.luminance(Palette.signed(sign * i / 100.0));
        assertTrue(now <= before, sign + " at " + i);
        before = now;
      }
    }
  }

  /** WCAG 2.1, 1.4.11: 3 to 1 for graphical objects, here beside white and near black. */
  @Test
  void linesStandOutFromLightAndDark() {
    for (int colour : Palette.SERIES) {
      double own = Palette.luminance(colour) + 0.05;
      assertTrue(1.05 / own >= 3, "%06x on white".formatted(colour));
      assertTrue(own / (Palette.luminance(0x111111) + 0.05) >= 3, "%06x on dark".formatted(colour));
    }
  }

  @Test
  void textIsReadOnAnyColourOfAScale() {
    for (int i = -100; i <= 100; i++) {
      for (int rgb : List.of(Palette.signed(i / 100.0), Palette.amount(Math.abs(i) / 100.0))) {
        double ground = Palette.luminance(rgb) + 0.05;
        double contrast = Palette.inkOn(rgb).equals("#000") ? ground / 0.05 : 1.05 / ground;
        assertTrue(contrast >= 4.5, "%06x".formatted(rgb));
      }
    }
  }

  @Test
  void aScaleIsOrderedAndTellsBadValuesApart() {
    Statistics both = Statistics.of(Literal.of(new float[] {-3, Float.NaN, 7}, 3));
    ColourScale scale = ColourScale.of(both);
    assertEquals(-7, scale.low());
    assertEquals(7, scale.high());
    assertEquals(scale.rgb(7), scale.rgb(Double.POSITIVE_INFINITY));
    assertEquals(scale.rgb(-7), scale.rgb(Double.NEGATIVE_INFINITY));
    for (double v = -7; v <= 7; v += 0.1) {
      assertNotEquals(scale.rgb(Double.NaN), scale.rgb(v));
    }
    ColourScale wide =
        ColourScale.of(
            Statistics.of(Literal.of(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE}, 2)));
    assertEquals(wide.rgb(0), Palette.signed(0));
  }
}
