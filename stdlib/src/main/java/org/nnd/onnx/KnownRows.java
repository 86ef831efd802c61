package org.nnd.onnx;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nnd.dsl.Combinators;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;

/**
 * The layers recognised in an imported graph, those that follow one another directly in one row, so
 * that a batch normalisation can be folded into the convolution before it.
 */
final class KnownRows {
  /** A layer under its path. */
  private record Slot(String name, KnownLayer layer) {}

  private final Map<Node, List<Slot>> byOutput = new LinkedHashMap<>();
  private final Set<Node> inside = new HashSet<>();

  private KnownRows() {}

  static KnownRows of(Imported imported) {
    LayerPatterns patterns = new LayerPatterns(imported);
    List<KnownLayer> found = new ArrayList<>();
    for (Node node : imported.graph().nodes()) {
      patterns.at(node).ifPresent(found::add);
    }
    KnownRows rows = new KnownRows();
    found.forEach(layer -> rows.inside.addAll(layer.inside()));
    rows.addLeaves(imported.graph(), found.stream().map(KnownLayer::input).collect(toSet()));
    Set<String> taken = new HashSet<>();
    for (Node parameter : imported.graph().parameters()) {
      if (!rows.inside.contains(parameter)) {
        taken.add(((Op.Parameter) parameter.op()).name());
      }
    }
    for (KnownLayer layer : found) {
      rows.add(patterns, new Slot(name(layer, taken), layer));
    }
    return rows;
  }

  /** Adds parameters, repeated or transposed as well, that nothing else uses and no layer takes. */
  private void addLeaves(Graph graph, Set<Node> inputs) {
    List<List<Node>> users = graph.users();
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      boolean leaf =
          switch (node.op()) {
            case Op.Parameter parameter -> true;
            case Op.Broadcast broadcast -> true;
            case Op.Transpose transpose -> true;
            default -> false;
          };
      if (leaf
          && !inputs.contains(node)
          && inside.containsAll(users.get(i))
          && !graph.outputs().containsValue(node)) {
        inside.add(node);
      }
    }
  }

  /** The first of a layer's names under which none of its variables has the path of another. */
  private static String name(KnownLayer layer, Set<String> taken) {
    Stream<String> numbered =
        IntStream.iterate(2, i -> i + 1).mapToObj(i -> layer.names().get(0) + "#" + i);
    String name =
        Stream.concat(layer.names().stream(), numbered)
            .filter(
                n -> layer.values().keySet().stream().noneMatch(v -> taken.contains(n + "." + v)))
            .findFirst()
            .orElseThrow();
    layer.values().keySet().forEach(variable -> taken.add(name + "." + variable));
    return name;
  }

  /** Adds a layer to the row that ends at its input, or begins one. */
  private void add(LayerPatterns patterns, Slot slot) {
    Node input = slot.layer.input();
    List<Slot> row =
        patterns.onlyUser(input).isPresent() && byOutput.containsKey(input)
            ? byOutput.remove(input)
            : new ArrayList<>();
    row.add(slot);
    byOutput.put(slot.layer.output(), row);
  }

  /** {@return whether a node is part of a recognised layer, and not the result of a row} */
  boolean isInside(Node node) {
    return inside.contains(node) && !byOutput.containsKey(node);
  }

  boolean isResult(Node node) {
    return byOutput.containsKey(node);
  }

  /** {@return what the row's first layer takes} */
  Node input(Node result) {
    return byOutput.get(result).get(0).layer.input();
  }

  /** {@return the result of the row that ends at {@code result}, called in another graph} */
  Node call(Lowering at, Node result, Node x) {
    List<Slot> row = byOutput.get(result);
    Map<String, Literal> values = new HashMap<>();
    for (Slot slot : row) {
      slot.layer.values().forEach((name, value) -> values.put(slot.name + "." + name, value));
    }
    Slot first = row.get(0);
    boolean single = row.size() == 1;
    Layer layer =
        single
            ? first.layer.layer()
            : Combinators.sequential(
                row.stream().map(s -> Combinators.named(s.name, s.layer.layer())).toList());
    Tensors inputs = Tensors.of(Tensor.of(Operations.convert(x, at.dtype())));
    Tensor y = at.callStarting(single ? first.name : "", layer, values, inputs).one();
    if (!y.node().shape().equals(result.shape())) {
      throw new NndException(
          "%s: gives %s; the file goes on with %s"
              .formatted(row.get(row.size() - 1).name, y.type(), result.type()));
    }
    return Operations.convert(y.node(), result.dtype());
  }
}
