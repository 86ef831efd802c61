package org.nnd.dsl;

/** Hands its inputs on. */
public record Identity() implements Layer {
  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    return inputs;
  }

  @Override
  public String toString() {
    return "identity()";
  }
}
