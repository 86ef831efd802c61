package org.nnd.layers.nested;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Check;
import org.nnd.dsl.Child;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;

/**
 * A projection head with prototypes of its own on each prefix of a representation (Venkataramanan
 * et al. 2025, "Franca", nested Matryoshka clustering): {@code [N, …, D]} to an output {@code
 * scores<m> [N, …, K_m]} per width. The i-th head's variables lie under {@code heads.<i>}.
 *
 * @param heads one for each width
 */
public record NestedProjector(List<Integer> widths, List<Layer> heads, Site site) implements Layer {
  public NestedProjector {
    widths = Widths.checked("nestedProjector", widths);
    heads = List.copyOf(heads);
    if (heads.size() != widths.size()) {
      throw Check.error(
          "nestedProjector: %d heads for the %d widths %s", heads.size(), widths.size(), widths);
    }
  }

  /** Prototypes in proportion to the width. */
  static NestedProjector of(
      int hidden, int bottleneck, int prototypes, List<Integer> widths, Site site) {
    List<Layer> heads = new ArrayList<>();
    for (int width : Widths.checked("nestedProjector", widths)) {
      int share = Math.toIntExact((long) prototypes * width / Widths.last(widths));
      if (share < 1) {
        throw Check.error(
            "nestedProjector: %d prototypes leave none for the width %d of %s",
            prototypes, width, widths);
      }
      heads.add(new ProjectionHead(hidden, bottleneck, share, site));
    }
    return new NestedProjector(widths, heads, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rankAtLeast(at, "nestedProjector", x, 2, "[N, …, features]");
    int features = Expect.fixed(at, "nestedProjector", x, -1, "features");
    Widths.within(at, "nestedProjector", Widths.last(widths), features);
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (int i = 0; i < widths.size(); i++) {
      Tensor prefix = x.slice(-1, 0, widths.get(i));
      outputs.put("scores" + widths.get(i), at.call("heads." + i, heads.get(i), prefix));
    }
    return Tensors.of(outputs).with(inputs.masks());
  }

  @Override
  public List<Child> children() {
    List<Child> children = new ArrayList<>();
    for (Layer head : heads) {
      children.add(new Child("heads." + children.size(), head));
    }
    return children;
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new NestedProjector(widths, children, site);
  }

  @Override
  public String toString() {
    return "nestedProjector" + widths;
  }
}
