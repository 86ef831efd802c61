package org.nnd.onnx.exports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
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
          Map.entry("softmax", along("Softmax")),
          Map.entry("logSoftmax", along("LogSoftmax")),
          Map.entry("attention", Composites::attention),
          Map.entry("layerNorm", Composites::layerNorm),
          Map.entry("batchNormInference", Composites::batchNorm),
          Map.entry("instanceNorm", Composites::instanceNorm),
          Map.entry("avgPool", Composites::avgPool),
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

  /** Its decomposition with softmax as one operator. */
  private static Optional<String> attention(Scope s, Node node, Map<String, Object> attributes) {
    Node attention = node.origin().during(() -> AttentionParts.of(node.operands(), attributes));
    return Optional.of(s.value(attention));
  }

  /** Over the last axes, as ONNX has it. */
  private static Optional<String> layerNorm(Scope s, Node node, Map<String, Object> attributes) {
    List<Integer> axes = integers(attributes.get("axes"));
    int rank = node.rank();
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i) != rank - axes.size() + i) {
        return Optional.empty();
      }
    }
    return axes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            s.call(
                "LayerNormalization",
                operands(s, node),
                Map.of("axis", (long) axes.get(0), "epsilon", real(attributes.get("eps")))));
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
