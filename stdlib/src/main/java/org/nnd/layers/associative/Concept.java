package org.nnd.layers.associative;

import org.nnd.dsl.Check;

/** Something to classify by, with a prototype for each of its classes. */
public record Concept(String name, int classes) {
  public Concept {
    Check.path("concept", name);
    if (classes < 2) {
      throw Check.error("concept '%s': at least 2 classes span a subspace, got %d", name, classes);
    }
  }
}
