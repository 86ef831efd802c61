package org.nnd.onnx.exports;

import static org.nnd.ir.Operations.axes;
import static org.nnd.ir.Operations.reshape;
import static org.nnd.ir.Operations.reverse;
import static org.nnd.ir.Operations.transpose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.ir.pass.Passes;

/**
 * A convolution of a dilated input is the transposed convolution whose stride is that dilation,
 * with the kernel reversed and its inputs and outputs exchanged within each group.
 */
final class TransposedConvolutions {
  private TransposedConvolutions() {}

  static boolean fits(Window w) {
    return w.inputDilation().stream().anyMatch(d -> d != 1)
        && IntStream.range(0, w.rank())
            .allMatch(
                i -> {
                  int around = w.reach(i) - 1;
                  int more = w.high().get(i) - around;
                  return w.stride().get(i) == 1
                      && w.low().get(i) <= around
                      && more < Math.max(1, w.inputDilation().get(i));
                });
  }

  static String write(Scope s, Node node, Op.Convolution conv, String x) {
    Window w = conv.window();
    int groups = conv.featureGroups().fixed();
    List<Long> low = new ArrayList<>();
    List<Long> high = new ArrayList<>();
    List<Long> more = new ArrayList<>();
    for (int i = 0; i < w.rank(); i++) {
      int around = w.reach(i) - 1;
      low.add((long) around - w.low().get(i));
      high.add((long) Math.max(0, around - w.high().get(i)));
      more.add((long) Math.max(0, w.high().get(i) - around));
    }
    low.addAll(high);
    Window stride = w.stride(w.inputDilation());
    Map<String, Object> attributes = Convolutions.attributes(stride, groups);
    attributes.put("pads", low);
    attributes.put("output_padding", more);
    Node weight = node.origin().during(() -> exchanged(node.operand(1), groups));
    String kernel = s.cast(s.value(weight), node.dtype(), DType.F32);
    return s.call("ConvTranspose", List.of(x, kernel), attributes);
  }

  /** {@code [O, C / G, k…]} to {@code [C, O / G, k…]}, often the weight that a layer declares. */
  private static Node exchanged(Node kernel, int groups) {
    Shape shape = kernel.shape();
    List<Integer> spatial = IntStream.range(2, shape.rank()).boxed().toList();
    Shape split = shape.with(0, shape.dim(0).dividedBy(groups)).prepend(Dim.of(groups));
    List<Integer> swapped = new ArrayList<>(axes(split.rank()));
    Collections.swap(swapped, 1, 2);
    Shape joined =
        shape.with(0, shape.dim(1).times(groups)).with(1, shape.dim(0).dividedBy(groups));
    Node exchanged = reshape(transpose(reshape(reverse(kernel, spatial), split), swapped), joined);
    return isView(kernel)
        ? Passes.optimize(Graph.of(List.of(), Map.of("kernel", exchanged))).output()
        : exchanged;
  }

  /** Whether a kernel is a variable, seen in another order. */
  private static boolean isView(Node node) {
    return switch (node.op()) {
      case Op.Parameter parameter -> true;
      case Op.Reshape r -> isView(node.operand(0));
      case Op.Transpose t -> isView(node.operand(0));
      case Op.Reverse r -> isView(node.operand(0));
      default -> false;
    };
  }
}
