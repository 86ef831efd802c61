package org.nnd.onnx.imports;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;
import org.nnd.onnx.ElementType;

/** Convolutions over any number of spatial axes, of floats and of integers. */
final class Convolutions {
  private Convolutions() {}

  static Map<String, Lowered> operators() {
    return Map.of(
        "Conv", Convolutions::convolution,
        "ConvTranspose", Convolutions::transposed,
        "ConvInteger", Convolutions::integers,
        "QLinearConv", Convolutions::quantized);
  }

  private static List<Value> convolution(NodeScope scope) {
    Node x = scope.node(0);
    Node kernel = scope.node(1);
    Node result =
        Convolving.convolution(x, kernel, sliding(scope, x, kernel), groups(scope, x, kernel));
    return List.of(scope.like(0, withBias(scope, result)));
  }

  private static List<Value> transposed(NodeScope scope) {
    Node x = scope.node(0);
    Node kernel = scope.node(1);
    int groups = Math.toIntExact(scope.integer("group", 1));
    if (x.rank() != kernel.rank() || !x.shape().dim(1).equals(kernel.shape().dim(0))) {
      throw scope.error(
          "the input is %s, the kernel %s; expected is one input channel for each entry of the kernel's first axis"
              .formatted(x.type(), kernel.type()));
    }
    if (groups < 1 || !x.shape().dim(1).isDivisibleBy(Dim.of(groups))) {
      throw scope.error("%s input channels in %d groups".formatted(x.shape().dim(1), groups));
    }
    Node result =
        Convolving.transposed(
            x,
            kernel,
            sliding(scope, x, kernel),
            groups,
            spatial(scope, "output_padding", x.rank() - 2),
            spatial(scope, "output_shape", x.rank() - 2));
    return List.of(scope.like(0, withBias(scope, result)));
  }

  /** An attribute of one integer per spatial axis; empty if it is not given. */
  private static List<Integer> spatial(NodeScope scope, String name, int rank) {
    List<Integer> given = WindowAttributes.integers(scope, name);
    // Some exporters write all axes.
    List<Integer> last = given.subList(Math.max(0, given.size() - rank), given.size());
    if (!last.isEmpty() && last.size() != rank) {
      throw scope.error("%s is %s for %d spatial axes".formatted(name, given, rank));
    }
    return last;
  }

  private static List<Value> integers(NodeScope scope) {
    Node x = scope.node(0);
    Node kernel = scope.node(1);
    Node result =
        Convolving.integers(
            x,
            scope.optionalNode(2).orElseGet(() -> zero(x)),
            kernel,
            scope.optionalNode(3).orElseGet(() -> zero(kernel)),
            sliding(scope, x, kernel),
            groups(scope, x, kernel));
    return List.of(scope.of(ElementType.INT32, result));
  }

  private static Node zero(Node x) {
    return Operations.full(TensorType.scalar(x.dtype()), 0);
  }

  private static List<Value> quantized(NodeScope scope) {
    Node x = scope.node(0);
    Node kernel = scope.node(3);
    Node sums =
        Convolving.integers(
            x,
            scope.node(2),
            kernel,
            scope.node(5),
            sliding(scope, x, kernel),
            groups(scope, x, kernel));
    if (scope.has(8)) {
      sums = Convolving.plusBias(sums, Operations.convert(scope.node(8), DType.I32));
    }
    Node kernelScale = scope.node(4);
    Node scale =
        Stream.of(scope.node(1), scope.node(6))
            .map(s -> Convolving.perChannel(s, kernelScale.shape(), 0))
            .reduce((in, out) -> Operations.divide(in, out))
            .map(ratio -> Operations.binary(BinaryOp.MULTIPLY, ratio, kernelScale))
            .orElseThrow();
    return List.of(scope.like(7, Convolving.requantized(sums, scale, scope.node(7))));
  }

  private static Node withBias(NodeScope scope, Node result) {
    return scope.optionalNode(2).map(bias -> Convolving.plusBias(result, bias)).orElse(result);
  }

  private static int groups(NodeScope scope, Node x, Node kernel) {
    long groups = scope.integer("group", 1);
    if (x.rank() != kernel.rank()
        || groups < 1
        || !x.shape().dim(1).equals(kernel.shape().dim(1).times(groups))) {
      throw scope.error(
          "the input %s has %s channels, the kernel %s is for %s in %d groups"
              .formatted(
                  x.type(),
                  x.rank() > 1 ? x.shape().dim(1) : "no",
                  kernel.type(),
                  kernel.rank() > 1 ? kernel.shape().dim(1).times(groups) : "no",
                  groups));
    }
    return Math.toIntExact(groups);
  }

  private static SlidingWindow sliding(NodeScope scope, Node x, Node kernel) {
    if (x.rank() < 3) {
      throw scope.error("the input is %s, expected [N, C, spatial axes]".formatted(x.type()));
    }
    return WindowAttributes.of(scope, Convolving.spatial(kernel.shape()));
  }
}
