package org.nnd.layers.nested;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nnd.dsl.Check;
import org.nnd.dsl.Child;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Shape;

/**
 * An elastic network and some of its smaller configurations side by side, on the same batch and in
 * the same storage: outputs {@code full} and one of each configuration's name. Gradients of all of
 * them add up in the shared variables.
 *
 * <p>The learning rates of the subnets may rise slowly (delayed epsilon-shrinking, Annavajjala et
 * al. 2024): in training their gradients, not their outputs, are multiplied by {@code min(1,
 * epsilon + (1 - epsilon) t / steps)} in step {@code t = 0, 1, …}, which the buffer {@code
 * subnet_steps} counts.
 *
 * @param epsilon the factor of the first step, 1 for none
 */
public record Supernet(
    Layer network, List<Configuration> subnets, double epsilon, int steps, Site site)
    implements Layer {
  private static final String COUNT = "subnet_steps";

  public Supernet {
    subnets = List.copyOf(subnets);
    if (subnets.isEmpty()) {
      throw Check.error("supernet: no configurations given");
    }
    if (new LinkedHashSet<>(subnets.stream().map(Configuration::name).toList()).size()
            != subnets.size()
        || subnets.contains(Configuration.largest())) {
      throw Check.error(
          "supernet: the configurations %s must differ from each other and from the full one",
          subnets);
    }
    if (!(epsilon >= 0 && epsilon <= 1)) {
      throw Check.error("supernet: epsilon must lie between 0 and 1, got %s", epsilon);
    }
    Check.positive("supernet", "the number of steps of the rise", steps);
    subnets.forEach(subnet -> Elastics.at(network, subnet));
  }

  /**
   * {@return this with learning rates of the subnets that rise from {@code first} times to that of
   * the whole network within so many steps}
   */
  public Supernet rising(double first, int inSteps) {
    return new Supernet(network, subnets, first, inSteps, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    outputs.put("full", at.call("", largest(), inputs).one());
    UnaryOperator<Tensor> rate = epsilon == 1 ? UnaryOperator.identity() : rate(at);
    for (Configuration subnet : subnets) {
      Tensor y = at.callLeading("", Elastics.at(network, subnet), inputs).one();
      outputs.put(subnet.name(), rate.apply(y));
    }
    return Tensors.of(outputs).with(inputs.masks());
  }

  private Layer largest() {
    return Elastics.at(network, Configuration.largest());
  }

  /** Gives a tensor with {@code factor} times its gradient: the value is the same, y - y is 0. */
  private UnaryOperator<Tensor> rate(Lowering at) {
    Tensor count = at.buffer(COUNT, Initializer.zeros(), Shape.SCALAR);
    if (!at.training()) {
      return UnaryOperator.identity();
    }
    at.update(COUNT, count.add(1));
    Tensor factor = count.mul((1 - epsilon) / steps).add(epsilon).minimum(1);
    return y -> y.stopGradient().add(y.sub(y.stopGradient()).mul(factor));
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("", network));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new Supernet(children.get(0), subnets, epsilon, steps, site);
  }

  @Override
  public String toString() {
    return "supernet("
        + String.join(", ", subnets.stream().map(Configuration::name).toList())
        + ")"
        + (epsilon == 1 ? "" : ".rising(" + epsilon + ", " + steps + ")");
  }
}
