package org.nnd.dsl;

import java.util.List;

/**
 * {@code shortcut(x) + layer(x)}. The layer keeps the path; a shortcut that is not the identity is
 * called {@code shortcut}.
 */
public record Residual(Layer layer, Layer shortcut, Site site) implements Layer {
  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Tensor y = at.call("", layer, inputs).one();
    Tensor straight =
        shortcut instanceof Identity ? x : at.call("shortcut", shortcut, inputs).one();
    if (!y.shape().equals(straight.shape())) {
      throw at.error(
          "residual: the layer turns %s into %s, the shortcut gives %s; they must be equal",
          x.shape(), y.shape(), straight.shape());
    }
    return Tensors.of(straight.add(y)).with(inputs.masks());
  }

  @Override
  public List<Child> children() {
    Child main = new Child("", layer);
    return shortcut instanceof Identity
        ? List.of(main)
        : List.of(main, new Child("shortcut", shortcut));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Residual(children.get(0), children.size() > 1 ? children.get(1) : shortcut, site);
  }

  @Override
  public String toString() {
    return "residual";
  }
}
