package org.nnd.layers.nested;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;

/**
 * The leading features of a representation, {@code [N, …, D]} to an output {@code z<m> [N, …, m]}
 * per width, scaled to length 1 if wanted. No variables.
 */
public record Prefixes(List<Integer> widths, boolean isNormalised, Site site) implements Layer {
  public Prefixes {
    widths = Widths.checked("prefixes", widths);
  }

  /** {@return this with every prefix scaled to Euclidean length 1} */
  public Prefixes normalised() {
    return new Prefixes(widths, true, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rankAtLeast(at, "prefixes", x, 2, "[N, …, features]");
    Expect.floats(at, "prefixes", x);
    Widths.within(
        at, "prefixes", Widths.last(widths), Expect.fixed(at, "prefixes", x, -1, "features"));
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (int width : widths) {
      Tensor part = x.slice(-1, 0, width);
      outputs.put("z" + width, isNormalised ? unit(part) : part);
    }
    return Tensors.of(outputs).with(inputs.masks());
  }

  /** {@return rows of length 1; those shorter than 1e-12 by that number, as in PyTorch} */
  static Tensor unit(Tensor x) {
    return x.div(x.square().keepDims(Tensor::sum, -1).maximum(1e-24).sqrt());
  }

  @Override
  public String toString() {
    return widths.stream().map(String::valueOf).collect(Collectors.joining(", ", "prefixes(", ")"))
        + (isNormalised ? ".normalised()" : "");
  }
}
