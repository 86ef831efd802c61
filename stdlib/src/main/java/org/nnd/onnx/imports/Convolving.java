package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/** ONNX's convolutions as operations of the tensor graph. */
final class Convolving {
  private Convolving() {}

  /** {@return the fixed extents of the axes from 2 on} */
  static List<Integer> spatial(Shape shape) {
    return IntStream.range(2, shape.rank()).mapToObj(shape::size).toList();
  }

  /**
   * {@return the convolution {@code [N, M, …]}}
   *
   * @param x {@code [N, C, …]}
   * @param kernel {@code [M, C / groups, …]}
   */
  static Node convolution(Node x, Node kernel, SlidingWindow sliding, int groups) {
    Window window = sliding.declared(spatial(x.shape()));
    return Operations.convolution(x, kernel, window, Dim.of(groups), Dim.ONE);
  }

  /** {@return {@code x} with {@code bias [M]} added to each channel of {@code [N, M, …]}} */
  static Node plusBias(Node x, Node bias) {
    return Operations.add(x, Operations.broadcast(bias, x.shape(), List.of(1)));
  }

  /**
   * {@return the transposed convolution {@code [N, M, …]}: a convolution of the input, with holes
   * of the stride between its elements, with the kernel turned round}
   *
   * @param x {@code [N, C, …]}
   * @param kernel {@code [C, M / groups, …]}
   * @param outputPadding empty: none
   * @param outputShape the spatial extents of the result; empty: as the padding has it
   */
  static Node transposed(
      Node x,
      Node kernel,
      SlidingWindow sliding,
      int groups,
      List<Integer> outputPadding,
      List<Integer> outputShape) {
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    for (int i = 0; i < sliding.rank(); i++) {
      int extent = x.shape().size(2 + i);
      int stride = sliding.strides().get(i);
      int reach = (sliding.size().get(i) - 1) * sliding.dilations().get(i) + 1;
      int extra = outputPadding.isEmpty() ? 0 : outputPadding.get(i);
      int unpadded = (extent - 1) * stride + reach + extra;
      boolean same = sliding.autoPad().startsWith("SAME");
      int begin;
      int outputs;
      if (!outputShape.isEmpty() || same) {
        outputs = outputShape.isEmpty() ? extent * stride : outputShape.get(i);
        int total = Math.max(0, unpadded - outputs);
        begin = sliding.autoPad().equals("SAME_UPPER") ? total / 2 : total - total / 2;
      } else if (sliding.autoPad().equals("VALID")) {
        outputs = unpadded;
        begin = 0;
      } else {
        begin = sliding.pads().get(i);
        outputs = unpadded - begin - sliding.pads().get(sliding.rank() + i);
      }
      int holed = (extent - 1) * stride + 1;
      low.add(reach - 1 - begin);
      high.add(outputs - holed - low.get(i) + reach - 1);
    }
    Window window =
        Window.of(sliding.size())
            .inputDilation(sliding.strides())
            .dilation(sliding.dilations())
            .padding(low, high);
    return Operations.convolution(x, turnedRound(kernel, groups), window, Dim.of(groups), Dim.ONE);
  }

  /** The kernel {@code [C, M / G, …]} as {@code [M, C / G, …]}, its spatial axes reversed. */
  private static Node turnedRound(Node kernel, int groups) {
    Shape shape = kernel.shape();
    Dim in = shape.dim(0).dividedBy(groups);
    Shape space = shape.slice(2, shape.rank());
    Node grouped =
        Operations.reshape(kernel, Shape.of(Dim.of(groups), in, shape.dim(1)).concat(space));
    List<Integer> swapped = new ArrayList<>(Operations.axes(grouped.rank()));
    swapped.set(1, 2);
    swapped.set(2, 1);
    Node exchanged = Operations.transpose(grouped, swapped);
    Node joined =
        Operations.reshape(exchanged, Shape.of(shape.dim(1).times(groups), in).concat(space));
    return Operations.reverse(joined, IntStream.range(2, shape.rank()).boxed().toList());
  }

  /**
   * {@return the convolution of integers less their zero points, in i32}
   *
   * @param zero the input's zero point, a scalar
   * @param kernelZero the kernel's: a scalar or {@code [M]}
   */
  static Node integers(
      Node x, Node zero, Node kernel, Node kernelZero, SlidingWindow sliding, int groups) {
    return convolution(lessZero(x, zero), lessZero(kernel, kernelZero), sliding, groups);
  }

  private static Node lessZero(Node x, Node zero) {
    Node wide = Operations.convert(x, DType.I32);
    return Operations.subtract(wide, perChannel(Operations.convert(zero, DType.I32), x.shape(), 0));
  }

  /**
   * {@return a scalar, {@code [1]} or one number per entry of {@code axis}, repeated to a shape}
   */
  static Node perChannel(Node x, Shape shape, int axis) {
    return x.shape().count().is(1)
        ? Operations.broadcast(Operations.reshape(x, Shape.SCALAR), shape, List.of())
        : Operations.broadcast(x, shape, List.of(axis));
  }

  /**
   * {@return i32 sums scaled to a quantized type: {@code saturate(round(x scale) + zero)}, halves
   * to even}
   *
   * @param x {@code [N, M, …]}
   * @param scale f32, a scalar or {@code [M]}
   * @param zero a scalar of the result's type, u8 or i8
   */
  static Node requantized(Node x, Node scale, Node zero) {
    Node real = Operations.convert(x, DType.F32);
    Node scaled = Operations.multiply(real, perChannel(scale, x.shape(), 1));
    Node rounded = Operations.unary(org.nnd.ir.UnaryOp.ROUND, scaled);
    Node offset = perChannel(Operations.convert(zero, DType.F32), x.shape(), 0);
    return Operations.convert(Operations.add(rounded, offset), zero.dtype());
  }
}
