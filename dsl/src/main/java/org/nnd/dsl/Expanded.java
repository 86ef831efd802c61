package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;

/** A block whose children are explicit: where {@code block} calls a layer, the child is called. */
public record Expanded(Layer block, List<Child> children) implements Layer {
  public Expanded {
    children = List.copyOf(children);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    return at.substituting(children, block, inputs);
  }

  @Override
  public Layer withChildren(List<Layer> layers) {
    List<Child> changed = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      changed.add(new Child(children.get(i).name(), layers.get(i)));
    }
    return new Expanded(block, changed);
  }

  @Override
  public Site site() {
    return block.site();
  }

  @Override
  public String kind() {
    return block.kind();
  }

  @Override
  public String toString() {
    return block.toString();
  }
}
