package org.nnd.onnx;

import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Site;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Window;
import org.nnd.layers.BatchNorm;
import org.nnd.layers.Conv;

/**
 * Recognises dense layers, convolutions, batch normalisations and attention (that {@link
 * AttentionPatterns} put together) in an imported graph. What shares its weights with something
 * else, or takes them from somewhere else, stays as it is; vectors are shared by exporters that
 * keep equal ones once, so every layer gets its own.
 */
final class LayerPatterns {
  private static final List<String> STATISTICS =
      List.of("weight", "bias", "running_mean", "running_var");

  private final Graph graph;
  private final Map<String, Literal> parameters;
  private final List<List<Node>> users;
  private final Set<Node> results;

  LayerPatterns(Imported imported) {
    this.graph = imported.graph();
    this.parameters = imported.parameters();
    this.users = graph.users();
    this.results = new HashSet<>(graph.outputs().values());
  }

  /** {@return the only node that uses this one, if there is one and it is no result} */
  Optional<Node> onlyUser(Node node) {
    List<Node> all = users.get(graph.position(node));
    return all.size() == 1 && !results.contains(node) ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** {@return the layer whose last node, the bias apart, is this one} */
  Optional<KnownLayer> at(Node node) {
    return switch (node.op()) {
      case Op.Convolution op -> convolution(node, op);
      case Op.Dot op -> product(node, op);
      case Op.Composite op when op.name().equals("batchNormInference") -> normalisation(node, op);
      case Op.Composite op when op.name().equals(AttentionPatterns.NAME) ->
          Optional.of(AttentionPatterns.layer(node, op));
      default -> Optional.empty();
    };
  }

  private Optional<KnownLayer> convolution(Node node, Op.Convolution op) {
    Node kernel = node.operand(1);
    Window window = op.window();
    int axes = node.rank() - 2;
    boolean plain =
        op.batchGroups().is(1)
            && axes <= 3
            && window.low().equals(window.high())
            && window.low().stream().allMatch(p -> p >= 0)
            && window.inputDilation().stream().allMatch(d -> d == 1);
    if (!plain || !isOwnParameter(kernel, node)) {
      return Optional.empty();
    }
    int out = kernel.shape().size(0);
    int groups = op.featureGroups().fixed();
    Conv layer =
        conv(axes, out)
            .kernel(ints(window.size()))
            .stride(ints(window.stride()))
            .dilation(ints(window.dilation()))
            .padding(ints(window.low()));
    boolean depthwise = groups > 1 && kernel.shape().dim(1).is(1);
    Conv.Channels channels =
        depthwise
            ? new Conv.Channels.Depthwise(out / groups)
            : new Conv.Channels.Grouped(out, groups);
    Optional<Bias> bias = bias(node, 1);
    Layer known =
        new Conv(channels, layer.geometry(), bias.isPresent(), layer.initial(), Site.UNKNOWN);
    return Optional.of(linear(known, node, kernel, literal(kernel), bias));
  }

  private Optional<KnownLayer> product(Node node, Op.Dot op) {
    Node x = node.operand(0);
    Node matrix = node.operand(1);
    boolean turned = matrix.op() instanceof Op.Transpose && matrix.rank() == 2;
    Node weight = turned ? matrix.operand(0) : matrix;
    boolean plain =
        op.leftBatch().isEmpty()
            && weight.rank() == 2
            && x.rank() >= 2
            && op.leftContracting().equals(List.of(x.rank() - 1));
    boolean own =
        turned
            ? isOwnParameter(weight, matrix) && onlyUser(matrix).isPresent()
            : isOwnParameter(weight, node);
    if (!plain || !own) {
      return Optional.empty();
    }
    boolean outFirst = op.rightContracting().equals(List.of(turned ? 0 : 1));
    Literal value = outFirst ? literal(weight) : transposed(literal(weight));
    Optional<Bias> bias = bias(node, node.rank() - 1);
    Layer known = dense(value.shape()[0]).bias(bias.isPresent());
    return Optional.of(linear(known, node, weight, value, bias));
  }

  private KnownLayer linear(
      Layer layer, Node node, Node weight, Literal value, Optional<Bias> bias) {
    Map<String, Literal> values = new LinkedHashMap<>();
    values.put("weight", value);
    List<String> names = new ArrayList<>();
    prefix(name(weight), ".weight").ifPresent(names::add);
    Set<Node> inside = new HashSet<>(List.of(node));
    bias.ifPresent(
        b -> {
          values.put("bias", literal(b.parameter));
          prefix(name(b.parameter), ".bias").ifPresent(names::add);
          inside.add(b.sum);
        });
    if (names.isEmpty()) {
      names.add(name(weight));
    }
    Node output = bias.map(Bias::sum).orElse(node);
    return new KnownLayer(names, layer, values, Map.of("x", node.operand(0)), output, inside);
  }

  /** A vector that is added to the results of a linear layer. */
  private record Bias(Node parameter, Node sum) {}

  private Optional<Bias> bias(Node node, int axis) {
    Optional<Node> sum = onlyUser(node);
    if (sum.isEmpty()
        || !(sum.get().op() instanceof Op.Binary binary)
        || binary.function() != BinaryOp.ADD) {
      return Optional.empty();
    }
    Node other = sum.get().operand(sum.get().operand(0) == node ? 1 : 0);
    boolean fits =
        other.op() instanceof Op.Broadcast broadcast
            && broadcast.axes().equals(List.of(axis))
            && sum.get().shape().equals(node.shape())
            && other.operand(0).shape().dim(0).equals(node.shape().dim(axis))
            && isParameter(other.operand(0));
    return fits ? Optional.of(new Bias(other.operand(0), sum.get())) : Optional.empty();
  }

  private Optional<KnownLayer> normalisation(Node node, Op.Composite op) {
    List<Node> vectors = node.operands().subList(1, node.operands().size());
    if (!vectors.stream().allMatch(LayerPatterns::isParameter)
        || !(op.attributes().get("eps") instanceof Double eps)) {
      return Optional.empty();
    }
    Map<String, Literal> values = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      values.put(STATISTICS.get(i), literal(vectors.get(i)));
      prefix(name(vectors.get(i)), "." + STATISTICS.get(i)).ifPresent(names::add);
    }
    if (names.isEmpty()) {
      names.add(name(vectors.get(0)));
    }
    // As written down: a float as a double would show digits that nobody gave.
    BatchNorm layer = batchNorm().eps(Double.parseDouble(Float.toString(eps.floatValue())));
    return Optional.of(
        new KnownLayer(names, layer, values, Map.of("x", node.operand(0)), node, Set.of(node)));
  }

  private static boolean isParameter(Node node) {
    return node.op() instanceof Op.Parameter && node.dtype() == DType.F32;
  }

  private boolean isOwnParameter(Node node, Node user) {
    return isParameter(node) && onlyUser(node).filter(only -> only == user).isPresent();
  }

  private Literal literal(Node parameter) {
    return parameters.get(name(parameter));
  }

  private static String name(Node parameter) {
    return ((Op.Parameter) parameter.op()).name();
  }

  private static Optional<String> prefix(String name, String suffix) {
    return name.endsWith(suffix) && name.length() > suffix.length()
        ? Optional.of(name.substring(0, name.length() - suffix.length()))
        : Optional.empty();
  }

  private static Literal transposed(Literal matrix) {
    int rows = matrix.shape()[0];
    int columns = matrix.shape()[1];
    Literal result = Literal.zeros(matrix.dtype(), columns, rows);
    float[] from = (float[]) matrix.array();
    float[] to = (float[]) result.array();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[j * rows + i] = from[i * columns + j];
      }
    }
    return result;
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(i -> i).toArray();
  }
}
