package org.nnd.layers.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.nnd.dsl.Check;
import org.nnd.dsl.Child;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Named;
import org.nnd.dsl.Sequential;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * One of several layers, by a choice; lowered as it is, the largest. Every kind of layer becomes
 * elastic in this way: the width of a dense layer or convolution, the depth of a {@code repeat},
 * the heads of an attention, the kernel of a {@link CroppedConv}, the resolution of a pooled input.
 * The smaller layers' variables are leading blocks of the largest one's (SortedNet, Valipour et al.
 * 2023; once-for-all, Cai et al. 2020, section 3), which is checked when both are lowered.
 *
 * @param layers one for every size of the choice
 */
public record Elastic(Choice choice, List<Layer> layers, Site site) implements Layer {
  public Elastic {
    layers = List.copyOf(layers);
    if (layers.size() != choice.sizes().size()) {
      throw Check.error("elastic: %d layers for the choice %s", layers.size(), choice);
    }
  }

  static Elastic of(Choice choice, IntFunction<? extends Layer> layer, Site site) {
    List<Layer> layers = new ArrayList<>();
    for (int size : choice.sizes()) {
      // A name stays under this layer's path, as it does when the layer is chosen.
      Layer made = layer.apply(size);
      layers.add(made instanceof Named ? new Sequential(List.of(made), site) : made);
    }
    return new Elastic(choice, layers, site);
  }

  /** {@return the layer of a size} */
  Layer at(int size) {
    int index = choice.sizes().indexOf(size);
    if (index < 0) {
      throw Check.error(
          "the choice '%s' has no size %d, expected one of %s",
          choice.name(), size, choice.sizes());
    }
    return layers.get(index);
  }

  Layer largest() {
    return layers.get(layers.size() - 1);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    return at.call("", largest(), inputs);
  }

  /** The largest layer: rewriting the network reaches that one; see {@link Elastics#at}. */
  @Override
  public List<Child> children() {
    return List.of(new Child("", largest()));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(layers.size() - 1, children.get(0));
    return new Elastic(choice, changed, site);
  }

  @Override
  public String toString() {
    return "elastic(" + choice + ")";
  }
}
