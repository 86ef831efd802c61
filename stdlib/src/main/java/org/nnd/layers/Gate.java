package org.nnd.layers;

import java.util.List;
import org.nnd.dsl.Child;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/** {@code x layer(x)}, with broadcasting. */
public record Gate(Layer layer) implements UnaryLayer {
  @Override
  public Tensor lower(Lowering at, Tensor x) {
    return x.mul(at.call("", layer, x));
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("", layer));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Gate(children.get(0));
  }

  @Override
  public String toString() {
    return "gate";
  }
}
