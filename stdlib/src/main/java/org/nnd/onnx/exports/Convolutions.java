package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/**
 * Convolutions: Conv; ConvTranspose where the input is dilated; and for integers, or groups whose
 * number depends on the batch size, one product for each element of the kernel.
 */
final class Convolutions {
  private Convolutions() {}

  static String write(Scope s, Node node, Op.Convolution conv) {
    Node x = node.operand(0);
    Node kernel = node.operand(1);
    boolean nothing =
        kernel.shape().dims().stream().anyMatch(dim -> dim.is(0))
            || x.shape().dims().stream().anyMatch(dim -> dim.is(0))
            || node.shape().dims().stream().anyMatch(dim -> dim.is(0));
    if (nothing) {
      return s.full(node.type(), 0);
    }
    if (!conv.batchGroups().is(1)) {
      return s.value(featureGroups(node, conv));
    }
    DType working = ElementTypes.working(node.dtype());
    String input = s.cast(s.value(x), node.dtype(), working);
    int spatial = conv.window().rank();
    if (working != DType.F32 || !conv.featureGroups().isFixed() || spatial < 1 || spatial > 3) {
      String weights = s.cast(s.value(kernel), node.dtype(), working);
      return s.cast(TapByTap.write(s, node, conv, input, weights, working), working, node.dtype());
    }
    String result =
        TransposedConvolutions.fits(conv.window())
            ? TransposedConvolutions.write(s, node, conv, input)
            : plain(s, node, conv, input);
    return s.cast(result, working, node.dtype());
  }

  /** Batch groups as feature groups: {@code [G B, C, …]} to {@code [B, G C, …]}. */
  private static Node featureGroups(Node node, Op.Convolution conv) {
    Node x = node.operand(0);
    Dim groups = conv.batchGroups();
    Dim batch = x.shape().dim(0).dividedBy(groups);
    Shape split = x.shape().with(0, batch).prepend(groups);
    List<Integer> swapped = new ArrayList<>(org.nnd.ir.Operations.axes(split.rank()));
    Collections.swap(swapped, 0, 1);
    Shape joined = x.shape().with(0, batch).with(1, x.shape().dim(1).times(groups));
    return node.origin()
        .during(
            () ->
                org.nnd.ir.Operations.convolution(
                    org.nnd.ir.Operations.reshape(
                        org.nnd.ir.Operations.transpose(
                            org.nnd.ir.Operations.reshape(x, split), swapped),
                        joined),
                    node.operand(1),
                    conv.window(),
                    groups,
                    Dim.ONE));
  }

  private static String plain(Scope s, Node node, Op.Convolution conv, String input) {
    Window w = conv.window();
    boolean cropped =
        IntStream.range(0, w.rank()).anyMatch(i -> w.low().get(i) < 0 || w.high().get(i) < 0);
    boolean spread = w.inputDilation().stream().anyMatch(d -> d != 1);
    String x = input;
    Window rest = w;
    if (cropped || spread) {
      x = Views.pad(s, input, DType.F32, node.operand(0).shape(), padding(w));
      List<Integer> none = Collections.nCopies(w.rank(), 0);
      rest = w.padding(none, none).inputDilation(Collections.nCopies(w.rank(), 1));
    }
    String weights = s.cast(s.operand(node, 1), node.dtype(), DType.F32);
    Map<String, Object> attributes = attributes(rest, conv.featureGroups().fixed());
    attributes.put("pads", Windows.pads(rest));
    return s.call("Conv", List.of(x, weights), attributes);
  }

  static Map<String, Object> attributes(Window w, int groups) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("kernel_shape", Scope.integers(w.size()));
    attributes.put("strides", Scope.integers(w.stride()));
    attributes.put("dilations", Scope.integers(w.dilation()));
    attributes.put("group", (long) groups);
    return attributes;
  }

  /** What a window pads, crops and spreads, of {@code [B, C, spatial…]}. */
  static Op.Pad padding(Window w) {
    List<Dim> low = new ArrayList<>(List.of(Dim.ZERO, Dim.ZERO));
    List<Dim> high = new ArrayList<>(low);
    List<Integer> interior = new ArrayList<>(List.of(0, 0));
    for (int i = 0; i < w.rank(); i++) {
      low.add(Dim.of(w.low().get(i)));
      high.add(Dim.of(w.high().get(i)));
      interior.add(w.inputDilation().get(i) - 1);
    }
    return new Op.Pad(low, high, interior, 0);
  }
}
