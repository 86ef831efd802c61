package org.nnd.dsl;

import java.util.List;
import java.util.Map;

/** Hands on some of its inputs, by name, in the given order. */
public record Take(List<String> names, Site site) implements Layer {
  public Take {
    names = List.copyOf(names);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensors taken = Tensors.of(Map.of());
    for (String name : names) {
      if (inputs.find(name).isEmpty()) {
        throw at.error("input: there is no tensor '%s' here, only %s", name, inputs.names());
      }
      taken = taken.with(name, inputs.get(name));
    }
    return taken;
  }

  @Override
  public String toString() {
    return "input(" + String.join(", ", names) + ")";
  }
}
