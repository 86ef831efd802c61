package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Node;

/**
 * Makes the layers inside {@link Block}s explicit: a block knows them only when it meets its input,
 * so a network is put together with its inputs once, and every call that was made is written down.
 */
public final class Expand {
  private Expand() {}

  /** {@return an equal network in which every layer shows its children} */
  public static Layer expand(Layer layer, List<InputSpec> inputs, Mode mode) {
    Construction construction = Lower.parameters(mode, Lower.types(inputs));
    List<Node> nodes = new ArrayList<>();
    Lower.call(construction, layer, inputs, nodes);
    return expand(construction.calls().get(0));
  }

  private static Layer expand(Construction.Call call) {
    List<Child> children = new ArrayList<>();
    for (Construction.Call inner : call.calls()) {
      children.add(new Child(inner.name(), expand(inner)));
    }
    Layer layer = Rewrite.original(call.layer());
    if (children.isEmpty()) {
      return layer;
    }
    if (layer.children().size() == children.size()) {
      return layer.withChildren(children.stream().map(Child::layer).toList());
    }
    return new Expanded(layer, children);
  }
}
