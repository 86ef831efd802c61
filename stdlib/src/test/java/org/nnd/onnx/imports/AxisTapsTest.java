package org.nnd.onnx.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The weights of one resized axis. */
class AxisTapsTest {
  private static final List<String> MODES =
      List.of(
          "half_pixel",
          "pytorch_half_pixel",
          "half_pixel_symmetric",
          "align_corners",
          "asymmetric",
          "tf_half_pixel_for_nn");

  private static AxisTaps.Coordinates coordinates(String mode, int in, int out) {
    return new AxisTaps.Coordinates(mode, in, out, out / (float) in, 0, 1);
  }

  @Test
  void constantsStayConstant() {
    for (String mode : MODES) {
      for (int in = 1; in <= 6; in++) {
        for (int out = 1; out <= 9; out++) {
          for (boolean exclude : new boolean[] {false, true}) {
            AxisTaps.Coordinates at = coordinates(mode, in, out);
            for (AxisTaps taps :
                List.of(AxisTaps.linear(at, exclude), AxisTaps.cubic(at, -0.75, exclude))) {
              sumsToOne(taps, in, out, mode + " " + in + " to " + out);
            }
          }
        }
      }
    }
  }

  private static void sumsToOne(AxisTaps taps, int in, int out, String what) {
    for (int i = 0; i < out; i++) {
      double sum = 0;
      for (int t = 0; t < taps.indices().length; t++) {
        assertTrue(taps.indices()[t][i] >= 0 && taps.indices()[t][i] < in, what);
        sum += taps.weights()[t][i];
      }
      assertEquals(1, sum, 1e-6, what);
    }
  }

  @Test
  void alignedCornersAreKept() {
    AxisTaps taps = AxisTaps.linear(coordinates("align_corners", 4, 9), false);
    assertEquals(0, taps.indices()[0][0]);
    assertEquals(1, taps.weights()[0][0]);
    assertEquals(3, taps.indices()[0][8]);
    assertEquals(1, taps.weights()[0][8], 1e-6);
  }

  @Test
  void halvesGoWhereTheModeSays() {
    AxisTaps.Coordinates at = coordinates("half_pixel", 4, 2);
    assertEquals(0, AxisTaps.nearest(at, "round_prefer_floor").indices()[0][0]);
    assertEquals(1, AxisTaps.nearest(at, "round_prefer_ceil").indices()[0][0]);
    assertEquals(0, AxisTaps.nearest(at, "floor").indices()[0][0]);
    assertEquals(1, AxisTaps.nearest(at, "ceil").indices()[0][0]);
  }
}
