package org.nnd.layers.nested;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;

/**
 * A linear head on each prefix of a representation (Kusupati et al. 2022, "Matryoshka
 * Representation Learning", equation 1): {@code [N, …, D]} to one output {@code logits<m> [N, …,
 * out]} per width {@code m <= D}, with {@code logits_m = x[…, :m] W_m^T + b_m}. Variables, as in
 * the official {@code MRL_Linear_Layer}: {@code nesting_classifier_<i>.weight [out, m_i]}, {@code
 * .bias [out]}; with one tied head (MRL-E) {@code nesting_classifier_0.weight [out, largest m]}, of
 * whose columns each width takes the first, and one bias for all.
 *
 * @param only the one width to compute, whose output is then the only one; a prefix is all the
 *     input that it needs
 */
public record Matryoshka(
    int out,
    List<Integer> widths,
    boolean isEfficient,
    boolean bias,
    Optional<Integer> only,
    Site site)
    implements Layer {
  private static final Initializer STANDARD = Initializer.kaimingUniform(Math.sqrt(5));

  public Matryoshka {
    Check.positive("matryoshka", "the number of outputs", out);
    widths = Widths.checked("matryoshka", widths);
  }

  /** {@return this with one head for all widths, MRL-E} */
  public Matryoshka efficient() {
    return new Matryoshka(out, widths, true, bias, only, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public Matryoshka bias(boolean wanted) {
    return new Matryoshka(out, widths, isEfficient, wanted, only, site);
  }

  /** {@return the head of one width alone, for inference on prefixes} */
  public Matryoshka only(int width) {
    if (!widths.contains(width)) {
      throw Check.error("matryoshka: there is no width %d among %s", width, widths);
    }
    return new Matryoshka(out, widths, isEfficient, bias, Optional.of(width), site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rankAtLeast(at, "matryoshka", x, 2, "[N, …, features]");
    Expect.floats(at, "matryoshka", x);
    int features = Expect.fixed(at, "matryoshka", x, -1, "features");
    Widths.within(at, "matryoshka", only.orElse(Widths.last(widths)), features);
    Heads heads = isEfficient ? tied(at) : (width, part) -> separate(at, width, part);
    if (only.isPresent()) {
      return Tensors.of(heads.of(only.get(), x.slice(-1, 0, only.get()))).with(inputs.masks());
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (int width : widths) {
      outputs.put("logits" + width, heads.of(width, x.slice(-1, 0, width)));
    }
    return Tensors.of(outputs).with(inputs.masks());
  }

  /** What turns the prefix of a width into its output. */
  private interface Heads {
    Tensor of(int width, Tensor prefix);
  }

  private Tensor separate(Lowering at, int width, Tensor prefix) {
    String name = "nesting_classifier_" + widths.indexOf(width);
    Tensor y = prefix.matmul(at.parameter(name + ".weight", STANDARD, out, width).transpose());
    return bias ? y.add(bias(at, name, width)) : y;
  }

  private Heads tied(Lowering at) {
    String name = "nesting_classifier_0";
    int last = Widths.last(widths);
    Tensor weight = at.parameter(name + ".weight", STANDARD, out, last);
    Optional<Tensor> shift = bias ? Optional.of(bias(at, name, last)) : Optional.empty();
    return (width, prefix) -> {
      Tensor y = prefix.matmul(weight.slice(1, 0, width).transpose());
      return shift.isPresent() ? y.add(shift.get()) : y;
    };
  }

  private Tensor bias(Lowering at, String name, int fanIn) {
    return at.parameter(name + ".bias", Initializer.kaimingUniform(Math.sqrt(5), fanIn), out);
  }

  @Override
  public String toString() {
    return widths.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "matryoshka(" + out + ", ", ")"))
        + (isEfficient ? ".efficient()" : "")
        + (bias ? "" : ".bias(false)")
        + only.map(width -> ".only(" + width + ")").orElse("");
  }
}
