package org.nnd.layers.kernels;

import java.util.Collections;
import java.util.List;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.Window;

/** What the layers of this package expect of their inputs, and constants in their type. */
final class Inputs {
  private Inputs() {}

  /** {@return the number of spatial axes of {@code [N, C, spatial...]}, which must be fixed} */
  static int axes(Lowering at, String layer, Tensor x, int least, int most) {
    int axes = x.rank() - 2;
    if (axes < least || axes > most) {
      throw at.error(
          "%s expects [N, C, ...] with %s, got %s (rank %d)",
          layer,
          least == most ? least + " spatial axes" : least + " to " + most + " spatial axes",
          x.shape(),
          x.rank());
    }
    if (!x.dtype().isFloat()) {
      throw at.error(
          "%s expects floating-point numbers, got %s; cast the input first", layer, x.type());
    }
    for (int axis = 1; axis < x.rank(); axis++) {
      fixed(at, layer, x, axis);
    }
    return axes;
  }

  static int fixed(Lowering at, String layer, Tensor x, int axis) {
    Dim dim = x.dim(axis);
    if (!dim.isFixed()) {
      throw at.error(
          "%s expects a fixed extent on axis %d, got %s of %s", layer, axis, dim, x.shape());
    }
    return dim.fixed();
  }

  /** {@return a constant in the type of {@code like}} */
  static Tensor constant(Tensor like, double[] values, int... shape) {
    return constant(like.dtype(), values, shape);
  }

  static Tensor constant(DType dtype, double[] values, int... shape) {
    return Tensor.of(Operations.constant(Literal.ofDoubles(dtype, values, shape)));
  }

  /** {@return {@code count} numbers from {@code first} to {@code last}, at equal distances} */
  static double[] linspace(double first, double last, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = count == 1 ? first : first + (last - first) * i / (count - 1);
    }
    return values;
  }

  /** {@return a vector {@code [C]} as {@code [C, 1, 1...]}, to go with {@code [N, C, ...]}} */
  static Tensor perChannel(Tensor vector, int rank) {
    Tensor y = vector;
    for (int axis = 2; axis < rank; axis++) {
      y = y.unsqueeze(-1);
    }
    return y;
  }

  /** {@return {@code weight [out, C]} applied to the channels of {@code x [N, C, spatial...]}} */
  static Tensor pointwise(Tensor weight, Tensor x) {
    Tensor kernel = perChannel(weight, x.rank());
    Window window = Window.of(Collections.nCopies(x.rank() - 2, 1));
    return Tensor.of(Operations.convolution(x.node(), kernel.node(), window, Dim.ONE, Dim.ONE));
  }

  /** {@return the product of extents} */
  static int count(List<Integer> sizes) {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }
}
