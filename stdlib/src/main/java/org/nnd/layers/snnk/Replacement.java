package org.nnd.layers.snnk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.nnd.dsl.Child;
import org.nnd.dsl.Combinators;
import org.nnd.dsl.Expand;
import org.nnd.dsl.Identity;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Paths;
import org.nnd.dsl.Share;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.layers.Activation;
import org.nnd.layers.Dense;
import org.nnd.layers.Dropout;
import org.nnd.layers.Merged;
import org.nnd.layers.Slots;
import org.nnd.layers.Slots.Slot;

/**
 * Puts SNNK layers, with {@code Psi} of the trained weights, in the places of dense layers and the
 * activations after them; shared layers are left alone. The layers replaced leave identities, so
 * that paths stay.
 */
public final class Replacement {
  private final Function<Dense, SnnkLayer> rule;
  private final long seed;
  private final Map<String, Literal> weights;

  /** What the activations after dense layers were. */
  private final Set<String> met = new TreeSet<>();

  private int replaced;

  private Replacement(Function<Dense, SnnkLayer> rule, long seed, Map<String, Literal> weights) {
    this.rule = rule;
    this.seed = seed;
    this.weights = new LinkedHashMap<>(weights);
  }

  /**
   * {@return the network with every dense layer replaced that an activation follows, if that is the
   * one the rule's layer estimates; biases of the dense layers are taken into {@code Psi}}
   *
   * @param weights parameters and buffers by path
   * @param seed of the random features, as of the model that will have them
   * @throws NndException if no dense layer fits
   */
  public static Merged replace(
      Layer network,
      List<InputSpec> inputs,
      Map<String, Literal> weights,
      long seed,
      Function<Dense, SnnkLayer> rule) {
    Replacement replacement = new Replacement(rule, seed, weights);
    Layer changed = replacement.row(Expand.expand(network, inputs, Mode.INFERENCE), "");
    if (replacement.replaced == 0) {
      throw new NndException(
          "no dense layer is followed by the activation that the SNNK layers estimate; those of"
              + " this network are followed by %s"
                  .formatted(replacement.met.isEmpty() ? "none" : replacement.met));
    }
    return new Merged(changed, replacement.weights);
  }

  private Layer row(Layer layer, String path) {
    List<Slot> row = new ArrayList<>(Slots.of(layer, path));
    for (int i = 0; i < row.size(); i++) {
      Slot slot = row.get(i);
      if (slot.layer() instanceof Dense dense) {
        int next = nextFunction(row, i);
        if (next < row.size() && row.get(next).layer() instanceof Activation activation) {
          pair(row, i, dense, next, activation);
        }
      } else {
        row.set(i, slot.with(inside(slot)));
      }
    }
    return Slots.rebuild(layer, row.iterator());
  }

  private Layer inside(Slot slot) {
    if (slot.layer() instanceof Share) {
      return slot.layer();
    }
    List<Layer> children = new ArrayList<>();
    for (Child child : slot.layer().children()) {
      children.add(row(child.layer(), child.under(slot.path())));
    }
    return children.isEmpty() ? slot.layer() : slot.layer().withChildren(children);
  }

  /** The next layer that does something in inference. */
  static int nextFunction(List<Slot> row, int at) {
    int next = at + 1;
    while (next < row.size()
        && (row.get(next).layer() instanceof Identity
            || row.get(next).layer() instanceof Dropout)) {
      next++;
    }
    return next;
  }

  private void pair(List<Slot> row, int at, Dense dense, int next, Activation activation) {
    SnnkLayer layer = rule.apply(dense);
    met.add(activation.kind());
    if (!layer.phi().map().activation().equals(activation.kind())) {
      return;
    }
    String path = row.get(at).path();
    Literal weight = remove(weights, path, "weight");
    Optional<Literal> bias = Optional.ofNullable(remove(weights, path, "bias"));
    RandomFeatures phi = layer.phi().bias(bias.isPresent());
    Literal psi = psi(phi, seed, path, weight.toDoubles(), weight.shape(), bias);
    SnnkLayer made = new SnnkLayer(weight.shape()[0], phi, layer.tied(), dense.site());
    row.set(at, row.get(at).with(made));
    row.set(next, row.get(next).with(Combinators.identity()));
    if (layer.tied()) {
      weights.put(Paths.join(path, "weight"), weight);
      bias.ifPresent(b -> weights.put(Paths.join(path, "bias"), b));
    } else {
      weights.put(Paths.join(path, "weights"), psi);
    }
    replaced++;
  }

  /** {@return {@code Psi(W, b)} with the random numbers of the layer at {@code path}, f64} */
  static Literal psi(
      RandomFeatures phi,
      long seed,
      String path,
      double[] weight,
      int[] shape,
      Optional<Literal> bias) {
    Source source = Source.initial(seed, path, phi.projection());
    Literal matrix = Literal.ofDoubles(DType.F64, weight, shape);
    return new Psi(phi, shape[1]).of(source, matrix, bias);
  }

  static Literal remove(Map<String, Literal> weights, String path, String name) {
    return weights.remove(Paths.join(path, name));
  }
}
