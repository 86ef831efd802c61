package org.nnd.tests.peers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Window;

/** Composites that PyTorch has a function for; all others are written by their decomposition. */
final class TorchComposites {
  /** Writes a composite of floats as one call, if its operands allow that. */
  @FunctionalInterface
  private interface Writer {
    Optional<String> write(TorchScope s, Node node, Map<String, Object> attributes);
  }

  private static final Map<String, Writer> WRITERS =
      Map.ofEntries(
          Map.entry("relu", unary("F.relu(%s)")),
          Map.entry("relu6", unary("F.relu6(%s)")),
          Map.entry("leakyRelu", unary("F.leaky_relu(%s, %s)", "slope")),
          Map.entry("sigmoid", unary("torch.sigmoid(%s)")),
          Map.entry("tanh", unary("torch.tanh(%s)")),
          Map.entry("gelu", unary("F.gelu(%s)")),
          Map.entry("geluTanh", unary("F.gelu(%s, approximate='tanh')")),
          Map.entry("silu", unary("F.silu(%s)")),
          Map.entry("elu", unary("F.elu(%s, %s)", "alpha")),
          Map.entry("selu", unary("F.selu(%s)")),
          Map.entry("softplus", unary("F.softplus(%s)")),
          Map.entry("mish", unary("F.mish(%s)")),
          Map.entry("hardSigmoid", unary("F.hardsigmoid(%s)")),
          Map.entry("hardSwish", unary("F.hardswish(%s)")),
          Map.entry("softmax", unary("F.softmax(%s, %s)", "axis")),
          Map.entry("logSoftmax", unary("F.log_softmax(%s, %s)", "axis")),
          Map.entry("attention", TorchComposites::attention),
          Map.entry("layerNorm", TorchComposites::layerNorm),
          Map.entry("batchNormInference", TorchComposites::batchNormInference),
          Map.entry("groupNorm", TorchComposites::groupNorm),
          Map.entry("instanceNorm", TorchComposites::instanceNorm),
          Map.entry("maxPool", TorchComposites::maxPool),
          Map.entry("avgPool", TorchComposites::avgPool),
          Map.entry("globalAvgPool", TorchComposites::globalAvgPool),
          Map.entry("adaptiveAvgPool", adaptive("F.adaptive_avg_pool")),
          Map.entry("adaptiveMaxPool", adaptive("F.adaptive_max_pool")),
          Map.entry("crossEntropy", TorchComposites::crossEntropy));

  private TorchComposites() {}

  /** {@return whether a composite is to be kept for {@link #write}} */
  static boolean known(String name) {
    return WRITERS.containsKey(name) || name.equals("batchNorm");
  }

  static List<String> write(TorchScope s, Node node, Op.Composite composite) {
    boolean floats = node.types().stream().allMatch(type -> type.dtype().isFloat());
    boolean empty =
        node.operands().stream()
            .anyMatch(x -> x.shape().dims().stream().anyMatch(dim -> dim.is(0)));
    if (floats && !empty) {
      if (composite.name().equals("batchNorm")) {
        return s.let(
            "batch_norm(%s, %s)".formatted(operands(s, node), composite.attributes().get("eps")),
            3);
      }
      if (known(composite.name())) {
        Optional<String> whole =
            WRITERS.get(composite.name()).write(s, node, composite.attributes());
        if (whole.isPresent()) {
          return List.of(whole.get());
        }
      }
    }
    return s.inline(composite.body(), node.operands().stream().map(s::value).toList());
  }

  private static String operands(TorchScope s, Node node) {
    return node.operands().stream().map(s::value).collect(Collectors.joining(", "));
  }

  private static Writer unary(String format) {
    return (s, node, attributes) -> Optional.of(s.let(format.formatted(s.operand(node, 0))));
  }

  private static Writer unary(String format, String attribute) {
    return (s, node, attributes) ->
        Optional.of(s.let(format.formatted(s.operand(node, 0), attributes.get(attribute))));
  }

  private static Optional<String> attention(
      TorchScope s, Node node, Map<String, Object> attributes) {
    String mask = node.operands().size() == 4 ? s.operand(node, 3) : "None";
    return Optional.of(
        s.call(
            "attention",
            s.operand(node, 0),
            s.operand(node, 1),
            s.operand(node, 2),
            mask,
            attributes.get("scale"),
            TorchText.truth(Boolean.TRUE.equals(attributes.get("causal")))));
  }

  /** Over the last axes, or over the channels of [N, C, ...]. */
  private static Optional<String> layerNorm(
      TorchScope s, Node node, Map<String, Object> attributes) {
    List<Integer> axes = integers(attributes.get("axes"));
    int rank = node.rank();
    boolean last = !axes.isEmpty();
    for (int i = 0; i < axes.size(); i++) {
      last &= axes.get(i) == rank - axes.size() + i;
    }
    if (last) {
      return Optional.of(
          s.call(
              "F.layer_norm",
              s.operand(node, 0),
              s.sizes(node.operand(1).shape()),
              s.operand(node, 1),
              s.operand(node, 2),
              attributes.get("eps")));
    }
    return axes.equals(List.of(1))
        ? Optional.of(
            s.let("channel_norm(%s, %s)".formatted(operands(s, node), attributes.get("eps"))))
        : Optional.empty();
  }

  private static Optional<String> batchNormInference(
      TorchScope s, Node node, Map<String, Object> attributes) {
    return Optional.of(
        s.call(
            "F.batch_norm",
            s.operand(node, 0),
            s.operand(node, 3),
            s.operand(node, 4),
            s.operand(node, 1),
            s.operand(node, 2),
            "False",
            0,
            attributes.get("eps")));
  }

  private static Optional<String> groupNorm(
      TorchScope s, Node node, Map<String, Object> attributes) {
    return normalised(s, node, attributes.get("groups"), attributes);
  }

  private static Optional<String> instanceNorm(
      TorchScope s, Node node, Map<String, Object> attributes) {
    return node.rank() < 3
        ? Optional.empty()
        : normalised(s, node, node.shape().dim(1).at(s.batch()), attributes);
  }

  private static Optional<String> normalised(
      TorchScope s, Node node, Object groups, Map<String, Object> attributes) {
    return Optional.of(
        s.call(
            "F.group_norm",
            s.operand(node, 0),
            groups,
            s.operand(node, 1),
            s.operand(node, 2),
            attributes.get("eps")));
  }

  private static Optional<String> maxPool(TorchScope s, Node node, Map<String, Object> attributes) {
    return attributes.get("window") instanceof Window w && TorchWindows.pools(w)
        ? Optional.of(TorchWindows.maxPool(s, s.operand(node, 0), w))
        : Optional.empty();
  }

  private static Optional<String> avgPool(TorchScope s, Node node, Map<String, Object> attributes) {
    return attributes.get("window") instanceof Window w
            && attributes.get("countPadding") instanceof Boolean countPadding
            && TorchWindows.averages(w)
        ? Optional.of(TorchWindows.avgPool(s, s.operand(node, 0), w, countPadding))
        : Optional.empty();
  }

  private static Optional<String> globalAvgPool(
      TorchScope s, Node node, Map<String, Object> attributes) {
    int axes = node.operand(0).rank() - 2;
    return axes < 1
        ? Optional.empty()
        : Optional.of(s.let("%s.flatten(2).mean(2)".formatted(s.operand(node, 0))));
  }

  private static Writer adaptive(String function) {
    return (s, node, attributes) -> {
      List<Integer> sizes = integers(attributes.get("sizes"));
      return sizes.isEmpty() || sizes.size() > 3
          ? Optional.empty()
          : Optional.of(
              s.call(function + sizes.size() + "d", s.operand(node, 0), TorchText.tuple(sizes)));
    };
  }

  private static Optional<String> crossEntropy(
      TorchScope s, Node node, Map<String, Object> attributes) {
    Node logits = node.operand(0);
    return Optional.of(
        s.let(
            ("F.cross_entropy(%s.reshape(-1, %d), %s.reshape(-1).to(torch.int64),"
                    + " reduction='none', label_smoothing=%s).reshape(%s)")
                .formatted(
                    s.value(logits),
                    logits.shape().dim(logits.rank() - 1).at(s.batch()),
                    s.operand(node, 1),
                    attributes.get("smoothing"),
                    s.sizes(node.shape()))));
  }

  private static List<Integer> integers(Object attribute) {
    return ((List<?>) attribute).stream().map(value -> ((Number) value).intValue()).toList();
  }
}
