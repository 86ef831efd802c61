package org.nnd.opencl.lower;

import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Window;

/**
 * The sizes of a depthwise convolution along two axes.
 *
 * <p>Axis 0 is rows, 1 columns; a one-dimensional window has columns only, or is folded: element i
 * of a long signal is in row i / fold, so that results a row apart share what they load. A window's
 * columns go on into the next row, which lies behind.
 *
 * @param fold elements of a row of a folded signal; 0 where it is not
 */
record DepthwiseShape(Node anchor, int fold) {
  Node input() {
    return anchor.operand(0);
  }

  Node kernel() {
    return anchor.operand(1);
  }

  Window window() {
    return ((Op.Convolution) anchor.op()).window();
  }

  boolean flat() {
    return window().rank() == 1;
  }

  boolean folded() {
    return fold > 0;
  }

  /** {@return columns of the last row of a folded result, 0 for all} */
  int lastColumns() {
    return folded() ? anchor.shape().size(2) % fold : 0;
  }

  /** {@return output features for each input feature} */
  int multiplier() {
    return anchor.shape().dim(1).dividedBy(input().shape().dim(1)).fixed();
  }

  int height() {
    return flat() ? 1 : input().shape().size(2);
  }

  int columns() {
    return input().shape().size(input().rank() - 1);
  }

  int outRows() {
    return folded()
        ? Math.ceilDiv(anchor.shape().size(2), fold)
        : flat() ? 1 : anchor.shape().size(2);
  }

  int outColumns() {
    return folded() ? fold : anchor.shape().size(anchor.rank() - 1);
  }

  int kernelRows() {
    return folded()
        ? Math.ceilDiv(window().size().get(0), fold)
        : flat() ? 1 : window().size().get(0);
  }

  int kernelColumns() {
    return folded() ? fold : window().size().get(window().rank() - 1);
  }

  int stride(int axis) {
    return axis == 0 && flat() ? 1 : window().stride().get(spatial(axis));
  }

  int dilation(int axis) {
    return axis == 0 && flat() ? 1 : window().dilation().get(spatial(axis));
  }

  int inputDilation(int axis) {
    return axis == 0 && flat() ? 1 : window().inputDilation().get(spatial(axis));
  }

  int low(int axis) {
    return axis == 0 && flat() ? 0 : window().low().get(spatial(axis));
  }

  /** {@return elements from the first that a window sees to behind the last, along an axis} */
  int reach(int axis) {
    return axis == 0 && folded()
        ? kernelRows()
        : axis == 0 && flat() ? 1 : window().reach(spatial(axis));
  }

  private int spatial(int axis) {
    return flat() ? 0 : axis;
  }

  /** {@return whether neighbouring output rows see the same input rows} */
  boolean sharesRows() {
    return dilation(0) == 1;
  }
}
