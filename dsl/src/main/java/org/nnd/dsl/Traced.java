package org.nnd.dsl;

import java.util.function.UnaryOperator;

/**
 * A layer given by code: the layers that {@code body} applies become its children. Two traced
 * layers are equal if they have the same name and the same body object.
 */
public record Traced(String name, UnaryOperator<Tensors> body, Site site) implements Block {
  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    return body.apply(inputs);
  }

  @Override
  public String kind() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
