package org.nnd.dsl;

import java.util.List;

/** A layer under a name of its own; under an empty one, the path does not grow. */
public record Named(String name, Layer layer) implements Layer {
  public Named {
    if (!name.isEmpty()) {
      Check.path("named", name);
    }
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    return at.call(name, layer, inputs);
  }

  @Override
  public List<Child> children() {
    return List.of(new Child(name, layer));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Named(name, children.get(0));
  }

  @Override
  public Site site() {
    return layer.site();
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "inline" : "named(\"" + name + "\")";
  }
}
