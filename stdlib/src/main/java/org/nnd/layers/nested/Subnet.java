package org.nnd.layers.nested;

import java.util.List;
import org.nnd.dsl.Child;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * An elastic network in one configuration, computed with the leading blocks of the whole network's
 * variables: it declares all of them, so that gradients and updates reach the shared storage, and
 * costs what the smaller network costs.
 */
public record Subnet(Layer network, Configuration configuration, Site site) implements Layer {
  public Subnet {
    Elastics.at(network, configuration);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    at.declare("", Elastics.at(network, Configuration.largest()), inputs);
    return at.callLeading("", Elastics.at(network, configuration), inputs);
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("", network));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Subnet(children.get(0), configuration, site);
  }

  @Override
  public String toString() {
    return "subnet(" + configuration + ")";
  }
}
