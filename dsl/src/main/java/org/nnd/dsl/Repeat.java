package org.nnd.dsl;

import java.util.Collections;
import java.util.List;

/** {@code count} equal layers one after the other, each with weights of its own. */
public record Repeat(int count, Layer layer, Site site) implements Layer {
  public Repeat {
    Check.notNegative("repeat", "the count", count);
    if (layer instanceof Named named) {
      throw Check.error(
          "repeat: all %d layers would be called '%s'; put the name outside: named(…, repeat(…))",
          count, named.name());
    }
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
    return Sequential.numbered(Collections.nCopies(count, layer));
  }

  /** Children that are no longer alike make a sequence. */
  @Override
  public Layer withChildren(List<Layer> children) {
    return children.stream().distinct().count() == 1
        ? new Repeat(count, children.get(0), site)
        : new Sequential(children, site);
  }

  @Override
  public String toString() {
    return "repeat(" + count + ")";
  }
}
