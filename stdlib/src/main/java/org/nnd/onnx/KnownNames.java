package org.nnd.onnx;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The names that are defined so far in a graph and in those around it. */
final class KnownNames {
  private final Optional<KnownNames> outer;
  private final Set<String> own = new HashSet<>();

  private KnownNames(Optional<KnownNames> outer) {
    this.outer = outer;
  }

  static KnownNames none() {
    return new KnownNames(Optional.empty());
  }

  KnownNames inner() {
    return new KnownNames(Optional.of(this));
  }

  void addAll(Collection<String> names) {
    own.addAll(names);
  }

  boolean contains(String name) {
    return own.contains(name) || outer.isPresent() && outer.get().contains(name);
  }
}
