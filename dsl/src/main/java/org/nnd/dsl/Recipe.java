package org.nnd.dsl;

/** A block that is nothing but another layer, made when the input is known. */
public interface Recipe extends Block {
  /** {@return what this layer consists of, for these inputs} */
  Layer body(Lowering at, Tensors inputs);

  @Override
  default Tensors lower(Lowering at, Tensors inputs) {
    return at.call("", body(at, inputs), inputs);
  }
}
