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

  /** {@return the layers of a graph whose attention is put together} */
  static KnownRows of(Imported imported) {
    LayerPatterns patterns = new LayerPatterns(imported);
    List<KnownLayer> found = new ArrayList<>();
    for (Node node : imported.graph().nodes()) {
      patterns.at(node).ifPresent(found::add);
    }
    KnownRows rows = new KnownRows();
    found.forEach(layer -> rows.inside.addAll(layer.inside()));
    rows.addLeaves(
        imported.graph(),
        found.stream().flatMap(layer -> layer.inputs().values().stream()).collect(toSet()));
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

  /**
   * The first of a layer's names under which none of its variables, or itself where it has none,
   * has the path of another.
   */
  private static String name(KnownLayer layer, Set<String> taken) {
    Stream<String> numbered =
        IntStream.iterate(2, i -> i + 1).mapToObj(i -> layer.names().get(0) + "#" + i);
    String name =
        Stream.concat(layer.names().stream(), numbered)
            .filter(n -> paths(n, layer).stream().noneMatch(taken::contains))
            .findFirst()
            .orElseThrow();
    taken.addAll(paths(name, layer));
    return name;
  }

  private static List<String> paths(String name, KnownLayer layer) {
    return layer.values().isEmpty()
        ? List.of(name)
        : layer.values().keySet().stream().map(variable -> name + "." + variable).toList();
  }

  /** Adds a layer to the row that ends at its input, or begins one. */
  private void add(LayerPatterns patterns, Slot slot) {
    List<Slot> row = new ArrayList<>();
    if (slot.layer.inputs().size() == 1) {
      Node input = slot.layer.inputs().values().iterator().next();
      if (patterns.onlyUser(input).isPresent() && byOutput.containsKey(input)) {
        row = byOutput.remove(input);
      }
    }
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

  /**
   * {@return the result of the row that ends at {@code result}, called in another graph}
   *
   * @param copies the nodes of that graph
   */
  Node call(Lowering at, Node result, Map<Node, Node> copies) {
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
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    first.layer.inputs().forEach((name, node) -> inputs.put(name, input(at, copies.get(node))));
    Tensor y = at.callStarting(single ? first.name : "", layer, values, Tensors.of(inputs)).one();
    if (!y.node().shape().equals(result.shape())) {
      throw new NndException(
          "%s: gives %s; the file goes on with %s"
              .formatted(row.get(row.size() - 1).name, y.type(), result.type()));
    }
    return Operations.convert(y.node(), result.dtype());
  }

  private static Tensor input(Lowering at, Node node) {
    return Tensor.of(node.dtype().isFloat() ? Operations.convert(node, at.dtype()) : node);
  }
}
