package org.nnd.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.layers.Layers;
import org.nnd.layers.ScaledDotProduct;

/**
 * Puts scaled dot-product attention together, of which files have the parts: the product of queries
 * and turned keys, scales, masks, softmax, and the product with the values. What is used elsewhere
 * as well, such as weights that are a result too, stays in parts.
 */
final class AttentionPatterns {
  /** The name of the composite that stands for attention: queries, keys, values, mask if any. */
  static final String NAME = "scaledDotProduct";

  private static final Pattern PATH = Pattern.compile("\\w+ '/?([\\w.#/]+)/\\w+'");

  private static final List<String> INPUTS = List.of("query", "key", "value", "mask");

  private AttentionPatterns() {}

  /** {@return the same graph with each attention as one composite} */
  static Imported composed(Imported imported) {
    LayerPatterns patterns = new LayerPatterns(imported);
    Map<Node, Node> copies = new IdentityHashMap<>();
    for (Node node : imported.graph().nodes()) {
      copies.put(node, copy(at(node, patterns, imported).orElse(node), copies));
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    imported.graph().outputs().forEach((name, node) -> outputs.put(name, copies.get(node)));
    return new Imported(
        Graph.of(imported.graph().inputs(), outputs),
        imported.outputs(),
        imported.parameters(),
        imported.buffers());
  }

  private static Node copy(Node node, Map<Node, Node> copies) {
    Node known = copies.get(node);
    if (known != null) {
      return known;
    }
    Node copy = node.withOperands(node.operands().stream().map(n -> copy(n, copies)).toList());
    copies.put(node, copy);
    return copy;
  }

  private static Optional<Node> at(Node node, LayerPatterns patterns, Imported imported) {
    if (!isProduct(node, 2)) {
      return Optional.empty();
    }
    Node weights = node.operand(0);
    // NND's own files set weights to zero where a query may look nowhere.
    boolean safe = weights.op() instanceof Op.Select && Scaled.isZero(weights.operand(2));
    Node softmax = safe ? weights.operand(1) : weights;
    if (!isSoftmax(softmax)
        || Stream.of(weights, softmax).anyMatch(n -> patterns.onlyUser(n).isEmpty())) {
      return Optional.empty();
    }
    return AttentionScores.of(softmax.operand(0), patterns)
        .filter(scores -> !safe || scores.isMaskedBy(weights.operand(0)))
        .map(scores -> node.origin().during(() -> composite(scores, node, imported)));
  }

  /** Whether this is softmax over the last axis. */
  private static boolean isSoftmax(Node node) {
    return node.op() instanceof Op.Composite op
        && op.name().equals("softmax")
        && op.attributes().get("axis").equals(node.rank() - 1);
  }

  /** Whether this is a product of matrices over the last axis and one that is so far from it. */
  static boolean isProduct(Node node, int fromEnd) {
    List<Integer> batch = Operations.axes(Math.max(0, node.rank() - 2));
    return node.op() instanceof Op.Dot op
        && node.rank() >= 3
        && op.leftBatch().equals(batch)
        && op.rightBatch().equals(batch)
        && op.leftContracting().equals(List.of(node.rank() - 1))
        && op.rightContracting().equals(List.of(node.rank() - fromEnd));
  }

  private static Node composite(AttentionScores scores, Node node, Imported imported) {
    boolean causal = scores.isCausal(imported.parameters());
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("causal", causal);
    if (!scores.isScaledAsUsual()) {
      attributes.put("scale", scores.factor());
    }
    if (!causal && scores.isFilled()) {
      attributes.put("fill", scores.fill());
    }
    List<Node> operands = new ArrayList<>(List.of(scores.query(), scores.key(), node.operand(1)));
    if (!causal) {
      scores.mask().ifPresent(operands::add);
    }
    ScaledDotProduct layer = layer(attributes);
    return Operations.composite(
        NAME,
        attributes,
        operands,
        a -> {
          List<Tensor> x = a.stream().map(Tensor::of).toList();
          return layer.attend(x.get(0), x.get(1), x.get(2), x.stream().skip(3).findFirst()).node();
        });
  }

  private static ScaledDotProduct layer(Map<String, Object> attributes) {
    ScaledDotProduct layer = Layers.scaledDotProduct();
    if (attributes.get("scale") instanceof Double scale) {
      // As written down: a float as a double would show digits that nobody gave.
      layer = layer.scale(Double.parseDouble(Float.toString(scale.floatValue())));
    }
    if (attributes.get("fill") instanceof Double fill) {
      layer = layer.fill(fill);
    }
    return attributes.get("causal").equals(true) ? layer.causal() : layer;
  }

  /** {@return the layer that computes a composite} */
  static KnownLayer layer(Node node, Op.Composite op) {
    Map<String, Node> inputs = new LinkedHashMap<>();
    for (int i = 0; i < node.operands().size(); i++) {
      inputs.put(INPUTS.get(i), node.operand(i));
    }
    return new KnownLayer(
        List.of(name(node.origin().path())),
        layer(op.attributes()),
        Map.of(),
        inputs,
        node,
        Set.of(node));
  }

  /**
   * The path that PyTorch names operators by, and {@code attention}: {@code
   * blocks.0.attn.attention} for {@code MatMul '/blocks/blocks.0/attn/MatMul_1'}; a list of modules
   * is there twice. NND's own files have the whole path.
   */
  private static String name(String described) {
    Matcher matcher = PATH.matcher(described);
    if (!matcher.matches()) {
      return "attention";
    }
    List<String> parts = new ArrayList<>(List.of(matcher.group(1).split("/")));
    for (int i = parts.size() - 1; i > 0; i--) {
      if (parts.get(i).startsWith(parts.get(i - 1) + ".")) {
        parts.remove(i - 1);
      }
    }
    String path = String.join(".", parts);
    return path.matches("(.*\\.)?attention(#\\d+)?") ? path : path + ".attention";
  }
}
