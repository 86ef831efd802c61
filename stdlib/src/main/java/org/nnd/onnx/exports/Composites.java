package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/** Composites that ONNX has an operator for; all others are written by their decomposition. */
final class Composites {
  /** Writes a composite of f32 values as one operator, if its operands allow that. */
  @FunctionalInterface
  private interface Writer {
    Optional<String> write(Scope s, Node node, Map<String, Object> attributes);
  }

  private static final Map<String, Writer> WRITERS =
      Map.ofEntries(
          Map.entry("relu", unary("Relu")),
          Map.entry("relu6", (s, n, a) -> Optional.of(clip(s, n))),
          Map.entry("leakyRelu", unary("LeakyRelu", "slope")),
          Map.entry("sigmoid", unary("Sigmoid")),
          Map.entry("tanh", unary("Tanh")),
          Map.entry("elu", unary("Elu", "alpha")),
          Map.entry("selu", unary("Selu")),
          Map.entry("softplus", unary("Softplus")),
          Map.entry("hardSigmoid", (s, n, a) -> Optional.of(hardSigmoid(s, n))),
          Map.entry("hardSwish", unary("HardSwish")),
          Map.entry("mish", (s, n, a) -> Optional.of(mish(s, n))),
          Map.entry("softmax", along("Softmax")),
          Map.entry("logSoftmax", along("LogSoftmax")),
          Map.entry("attention", Composites::attention),
          Map.entry("layerNorm", Composites::layerNorm),
          Map.entry("batchNormInference", Composites::batchNorm),
          Map.entry("instanceNorm", Composites::instanceNorm),
          Map.entry("groupNorm", Composites::groupNorm),
          Map.entry("avgPool", Composites::avgPool),
          Map.entry("adaptiveAvgPool", Composites::adaptiveAvgPool),
          Map.entry("globalAvgPool", Composites::globalAvgPool),
          Map.entry("interpolateLinear", Composites::interpolateLinear));

  private Composites() {}

  /** {@return whether a composite is to be kept for {@link #write}} */
  static boolean known(String name) {
    return WRITERS.containsKey(name);
  }

  static List<String> write(Scope s, Node node, Op.Composite composite) {
    boolean floats = node.types().size() == 1 && node.type().dtype() == DType.F32;
    if (known(composite.name()) && floats) {
      Optional<String> whole = WRITERS.get(composite.name()).write(s, node, composite.attributes());
      if (whole.isPresent()) {
        return List.of(whole.get());
      }
    }
    return s.inline(composite.body(), node.operands().stream().map(s::value).toList());
  }

  private static Writer unary(String operator) {
    return (s, node, attributes) -> Optional.of(s.call(operator, List.of(s.operand(node, 0))));
  }

  /** An operator whose attribute {@code alpha} is the composite's of the given name. */
  private static Writer unary(String operator, String alpha) {
    return (s, node, attributes) ->
        Optional.of(
            s.call(
                operator,
                List.of(s.operand(node, 0)),
                Map.of("alpha", real(attributes.get(alpha)))));
  }

  private static Writer along(String operator) {
    return (s, node, attributes) ->
        Optional.of(
            s.call(
                operator,
                List.of(s.operand(node, 0)),
                Map.of("axis", ((Number) attributes.get("axis")).longValue())));
  }

  private static float real(Object value) {
    return ((Number) value).floatValue();
  }

  private static String clip(Scope s, Node node) {
    return s.call(
        "Clip", List.of(s.operand(node, 0), s.scalar(DType.F32, 0), s.scalar(DType.F32, 6)));
  }

  private static String hardSigmoid(Scope s, Node node) {
    return s.call(
        "HardSigmoid", List.of(s.operand(node, 0)), Map.of("alpha", 1 / 6f, "beta", 0.5f));
  }

  private static String mish(Scope s, Node node) {
    String x = s.operand(node, 0);
    String gate = s.call("Tanh", List.of(s.call("Softplus", List.of(x))));
    return s.call("Mul", List.of(x, gate));
  }

  /** Its decomposition with softmax as one operator. */
  private static Optional<String> attention(Scope s, Node node, Map<String, Object> attributes) {
    Node attention = node.origin().during(() -> AttentionParts.of(node.operands(), attributes));
    return Optional.of(s.value(attention));
  }

  /** Over the last axes, as ONNX has it; a single other axis is brought there and back. */
  private static Optional<String> layerNorm(Scope s, Node node, Map<String, Object> attributes) {
    List<Integer> axes = integers(attributes.get("axes"));
    int rank = node.rank();
    List<Integer> last = Operations.axes(rank).subList(rank - axes.size(), rank);
    if (axes.isEmpty() || axes.size() > 1 && !axes.equals(last)) {
      return Optional.empty();
    }
    List<Integer> there = new ArrayList<>(Operations.axes(rank));
    there.removeAll(axes);
    there.addAll(axes);
    List<Integer> back = Operations.axes(rank).stream().map(there::indexOf).toList();
    List<String> inputs = new ArrayList<>(operands(s, node));
    inputs.set(0, s.transpose(inputs.get(0), there));
    String normal =
        s.call(
            "LayerNormalization",
            inputs,
            Map.of("axis", (long) (rank - axes.size()), "epsilon", real(attributes.get("eps"))));
    return Optional.of(s.transpose(normal, back));
  }

  /** Groups as the channels of an instance normalisation, which has no weights of its own then. */
  private static Optional<String> groupNorm(Scope s, Node node, Map<String, Object> attributes) {
    Node x = node.operand(0);
    int groups = ((Number) attributes.get("groups")).intValue();
    Shape inside = x.shape().slice(1, x.rank());
    if (!inside.isFixed()) {
      return Optional.empty();
    }
    Shape split = Shape.of(x.shape().dim(0), Dim.of(groups), inside.count().dividedBy(groups));
    float[] ones = new float[groups];
    Arrays.fill(ones, 1);
    String normal =
        s.call(
            "InstanceNormalization",
            List.of(
                s.reshape(s.value(x), x.shape(), split),
                s.constant(Literal.of(ones, groups)),
                s.constant(Literal.zeros(DType.F32, groups))),
            Map.of("epsilon", real(attributes.get("eps"))));
    Shape aligned =
        Shape.of(x.shape().dim(1)).concat(new Shape(Collections.nCopies(x.rank() - 2, Dim.ONE)));
    String result = s.reshape(normal, split, x.shape());
    if (!Broadcasts.isAll(node.operand(1), 1)) {
      String scale = s.reshape(s.operand(node, 1), node.operand(1).shape(), aligned);
      result = s.call("Mul", List.of(result, scale));
    }
    if (!Broadcasts.isAll(node.operand(2), 0)) {
      String shift = s.reshape(s.operand(node, 2), node.operand(2).shape(), aligned);
      result = s.call("Add", List.of(result, shift));
    }
    return Optional.of(result);
  }

  private static Optional<String> batchNorm(Scope s, Node node, Map<String, Object> attributes) {
    return Optional.of(
        s.call(
            "BatchNormalization",
            operands(s, node),
            Map.of("epsilon", real(attributes.get("eps")))));
  }

  private static Optional<String> instanceNorm(Scope s, Node node, Map<String, Object> attributes) {
    return node.rank() < 3
        ? Optional.empty()
        : Optional.of(
            s.call(
                "InstanceNormalization",
                operands(s, node),
                Map.of("epsilon", real(attributes.get("eps")))));
  }

  private static Optional<String> avgPool(Scope s, Node node, Map<String, Object> attributes) {
    if (!(attributes.get("window") instanceof Window w)
        || !(attributes.get("countPadding") instanceof Boolean countPadding)
        || !Windows.averages(w)
        || node.shape().dims().stream().anyMatch(d -> d.is(0))) {
      return Optional.empty();
    }
    return Optional.of(Windows.average(s, s.operand(node, 0), w, countPadding));
  }

  /** As one pooling, where the windows are equal. */
  private static Optional<String> adaptiveAvgPool(
      Scope s, Node node, Map<String, Object> attributes) {
    List<Integer> sizes = integers(attributes.get("sizes"));
    Shape shape = node.operand(0).shape();
    if (sizes.stream().allMatch(size -> size == 1)) {
      return Optional.of(s.call("GlobalAveragePool", List.of(s.operand(node, 0))));
    }
    List<Integer> reach = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      if (shape.size(2 + i) % sizes.get(i) != 0) {
        return Optional.empty();
      }
      reach.add(shape.size(2 + i) / sizes.get(i));
    }
    Window window = Window.of(reach).stride(reach);
    return Windows.averages(window)
        ? Optional.of(Windows.average(s, s.operand(node, 0), window, true))
        : Optional.empty();
  }

  private static Optional<String> globalAvgPool(
      Scope s, Node node, Map<String, Object> attributes) {
    int rank = node.operand(0).rank();
    List<Long> axes = LongStream.range(2, rank).boxed().toList();
    return axes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            s.call(
                "ReduceMean", List.of(s.operand(node, 0)), Map.of("axes", axes, "keepdims", 0L)));
  }

  /** Pictures only: runtimes lack others. */
  private static Optional<String> interpolateLinear(
      Scope s, Node node, Map<String, Object> attributes) {
    return node.rank() != 4
        ? Optional.empty()
        : Optional.of(
            s.call(
                "Resize",
                List.of(s.operand(node, 0), "", "", s.extents(node.shape().dims())),
                Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel")));
  }

  private static List<String> operands(Scope s, Node node) {
    return node.operands().stream().map(s::value).toList();
  }

  private static List<Integer> integers(Object attribute) {
    return ((List<?>) attribute).stream().map(value -> ((Number) value).intValue()).toList();
  }
}
