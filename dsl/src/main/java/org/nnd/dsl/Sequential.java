package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;

/** Layers one after the other; each takes what the one before gives. No layers: the identity. */
public record Sequential(List<Layer> layers, Site site) implements Layer {
  public Sequential {
    layers = List.copyOf(layers);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensors x = inputs;
    for (Child child : children()) {
      x = at.call(child.name(), child.layer(), x);
    }
    return x;
  }

  @Override
  public List<Child> children() {
    return numbered(layers);
  }

  /** {@return layers under their numbers, or their own names} */
  static List<Child> numbered(List<Layer> layers) {
    List<Child> children = new ArrayList<>();
    for (Layer layer : layers) {
      children.add(new Child(String.valueOf(children.size()), layer));
    }
    return children;
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Sequential(children, site);
  }

  @Override
  public String toString() {
    return "sequential";
  }
}
