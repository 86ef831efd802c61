package org.nnd.dsl;

import java.util.List;

/** A layer whose variables lie under {@code name}, the same ones wherever that name is shared. */
public record Share(String name, Layer layer) implements Layer {
  public Share {
    Check.path("share", name);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    return at.call("", layer, inputs);
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("", layer));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Share(name, children.get(0));
  }

  @Override
  public Site site() {
    return layer.site();
  }

  @Override
  public String toString() {
    return "share(\"" + name + "\")";
  }
}
