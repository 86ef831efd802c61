package org.nnd.dsl;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;

/**
 * A layer whose inner results are not kept for the gradient but computed again (Chen et al. 2016,
 * "Training Deep Nets with Sublinear Memory Cost"): one composite {@code checkpoint}, whose results
 * are the layer's outputs and its updates of variables.
 */
public record Checkpoint(Layer layer, Site site) implements Layer {
  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Map<String, Node> updatesBefore = new LinkedHashMap<>(at.construction().updates());
    Node mark = Operations.scalar(DType.F32, 0);
    Tensors outputs = at.call("", layer, inputs);

    Map<String, Node> updates = new LinkedHashMap<>(at.construction().updates());
    updates.entrySet().removeIf(e -> updatesBefore.get(e.getKey()) == e.getValue());
    List<Node> results = new ArrayList<>();
    outputs.list().forEach(tensor -> results.add(tensor.node()));
    results.addAll(updates.values());

    List<Node> after = new Region(mark.serial()).close(results);
    Map<String, Tensor> closed = new LinkedHashMap<>();
    for (String name : outputs.names()) {
      closed.put(name, Tensor.of(after.get(closed.size())));
    }
    int next = closed.size();
    for (Map.Entry<String, Node> update : updates.entrySet()) {
      update.setValue(after.get(next++));
    }
    at.construction().replaceUpdates(updates);
    return Tensors.of(closed);
  }

  /** The nodes made since {@code start}; what they use from before, and variables, is free. */
  private record Region(long start, List<Node> free, Map<Node, Node> inside) {
    Region(long start) {
      this(start, new ArrayList<>(), new IdentityHashMap<>());
    }

    List<Node> close(List<Node> results) {
      List<Node> open = new ArrayList<>(results);
      while (!open.isEmpty()) {
        Node node = open.get(open.size() - 1);
        List<Node> missing =
            isFree(node)
                ? List.of()
                : node.operands().stream().filter(n -> !inside.containsKey(n)).toList();
        if (missing.isEmpty()) {
          open.remove(open.size() - 1);
          inside.computeIfAbsent(node, this::copy);
        } else {
          open.addAll(missing);
        }
      }
      Map<String, Node> outputs = new LinkedHashMap<>();
      results.forEach(node -> outputs.put("y" + outputs.size(), inside.get(node)));
      Graph body = Graph.of(free.stream().map(inside::get).toList(), outputs);
      return Operations.results(Node.of(new Op.Composite("checkpoint", Map.of(), body), free));
    }

    private boolean isFree(Node node) {
      return node.op() instanceof Op.Parameter
          || node.op() instanceof Op.Input
          || node.serial() < start && !(node.op() instanceof Op.Constant);
    }

    private Node copy(Node node) {
      if (!isFree(node)) {
        return node.withOperands(node.operands().stream().map(inside::get).toList());
      }
      Node input = Operations.input("x" + free.size(), node.type());
      free.add(node);
      return input;
    }
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("", layer));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Checkpoint(children.get(0), site);
  }

  @Override
  public String toString() {
    return "checkpoint";
  }
}
