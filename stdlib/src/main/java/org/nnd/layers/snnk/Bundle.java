package org.nnd.layers.snnk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Combinators;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Named;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;

/**
 * Several dense layers with activations bundled into one (Sehanobish et al. 2024): {@code Wbar
 * Phi_L(… Phi_1(x))}, {@code [N, …, in]} to {@code [N, …, out]}. Trained are {@code Wbar [out,
 * width of the last features]} and, if wanted, {@code bias [out]}; the random numbers of the stages
 * are buffers of {@code stages.0}, {@code stages.1}, ….
 *
 * @param out the number of outputs; 0 for as many as inputs
 */
public record Bundle(int out, List<RandomFeatures> stages, boolean bias, Site site)
    implements Block, LinearInFeatures {
  public Bundle {
    Check.notNegative("bundle", "the number of outputs", out);
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw Check.error("bundle: expected at least one stage of random features");
    }
  }

  /** {@return this with every stage changed, as in {@code each(s -> s.activation("cos"))}} */
  public Bundle each(UnaryOperator<RandomFeatures> change) {
    return new Bundle(out, stages.stream().map(change).toList(), bias, site);
  }

  /** {@return this with as many stages as numbers, of that many projections} */
  public Bundle features(int... numbers) {
    List<RandomFeatures> changed = new ArrayList<>();
    for (int number : numbers) {
      changed.add(stages.get(Math.min(changed.size(), stages.size() - 1)).features(number));
    }
    return new Bundle(out, changed, bias, site);
  }

  /** {@return this with a bias added to the outputs} */
  public Bundle bias(boolean wanted) {
    return new Bundle(out, stages, wanted, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor features = at.call("", features(), inputs.one());
    int outputs = out == 0 ? inputs.one().size(-1) : out;
    int width = features.size(-1);
    Initializer uniform = Initializer.kaimingUniform(Math.sqrt(5));
    Tensor weights = at.parameter("Wbar", uniform, outputs, width);
    Tensor y = features.matmul(weights.transpose());
    Tensor sum = bias ? y.add(at.parameter("bias", Initializer.zeros(), outputs)) : y;
    return Tensors.of(sum).with(inputs.masks());
  }

  /** The stages without the weights after them. */
  @Override
  public Layer features() {
    List<Layer> named = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      named.add(new Named("stages." + i, stages.get(i)));
    }
    return Combinators.sequential(named);
  }

  @Override
  public String solved() {
    return "Wbar";
  }

  @Override
  public String toString() {
    return "bundle(%s)%s%s".formatted(out == 0 ? "" : out, bias ? ".bias(true)" : "", stages);
  }
}
