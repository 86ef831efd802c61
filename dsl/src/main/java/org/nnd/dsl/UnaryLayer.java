package org.nnd.dsl;

/** A layer of one tensor; masks beside it are handed on. */
public interface UnaryLayer extends Layer {
  Tensor lower(Lowering at, Tensor x);

  @Override
  default Tensors lower(Lowering at, Tensors inputs) {
    return Tensors.of(lower(at, inputs.one())).with(inputs.masks());
  }
}
