package org.nnd.onnx.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnd.ir.NndException;
import org.nnd.ir.Window;

/** ONNX's rules of padding. */
class SlidingWindowTest {
  private static SlidingWindow window(int size, int stride, int dilation, String autoPad) {
    return new SlidingWindow(
        List.of(size), List.of(stride), List.of(dilation), List.of(), autoPad, false);
  }

  @Test
  void samePaddingGivesAnOutputForEveryStride() {
    for (int extent = 1; extent <= 12; extent++) {
      for (int size = 1; size <= 5; size++) {
        for (int stride = 1; stride <= 4; stride++) {
          for (int dilation = 1; dilation <= 3; dilation++) {
            Window upper = window(size, stride, dilation, "SAME_UPPER").over(List.of(extent));
            Window lower = window(size, stride, dilation, "SAME_LOWER").over(List.of(extent));
            assertEquals(Math.ceilDiv(extent, stride), upper.outputs(0, extent));
            assertEquals(Math.ceilDiv(extent, stride), lower.outputs(0, extent));
            assertEquals(upper.low(), lower.high());
            assertTrue(upper.low().get(0) <= upper.high().get(0));
          }
        }
      }
    }
  }

  @Test
  void theCeilingAddsOneOutputAtMostAndNoneThatBeginsInThePadding() {
    for (int extent = 1; extent <= 12; extent++) {
      for (int size = 1; size <= 5; size++) {
        for (int stride = 1; stride <= 4; stride++) {
          for (int pad = 0; pad < size; pad++) {
            List<Integer> pads = List.of(pad, pad);
            SlidingWindow ceil =
                new SlidingWindow(List.of(size), List.of(stride), List.of(), pads, "NOTSET", true);
            Window declared = ceil.declared(List.of(extent));
            int plain = declared.outputs(0, extent);
            int outputs = ceil.over(List.of(extent)).outputs(0, extent);
            assertTrue(outputs == plain || outputs == plain + 1);
            if (outputs > plain) {
              assertTrue((outputs - 1) * stride < extent + pad);
            }
          }
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsSaid() {
    NndException pads =
        assertThrows(
            NndException.class,
            () ->
                new SlidingWindow(
                    List.of(3, 3), List.of(), List.of(), List.of(1, 1), "NOTSET", false));
    assertEquals(
        "a window of the size [3, 3] has strides [1, 1], dilations [1, 1] and pads [1, 1];"
            + " expected are 2 strides, 2 dilations and 4 pads",
        pads.getMessage());
    NndException mode = assertThrows(NndException.class, () -> window(3, 1, 1, "SAME"));
    assertEquals(
        "auto_pad is 'SAME', expected NOTSET, VALID, SAME_UPPER or SAME_LOWER", mode.getMessage());
  }
}
