package org.nnd.layers.nested;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Child;
import org.nnd.dsl.Expand;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Paths;
import org.nnd.dsl.Share;
import org.nnd.dsl.Variable;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.layers.Merged;

/**
 * Cuts a stand-alone network out of an elastic one: an ordinary description without choices, and
 * the leading blocks of the variables; cropped kernels are computed once and become ordinary
 * convolutions.
 */
public final class Extraction {
  private Extraction() {}

  /**
   * {@return the network of a configuration with weights of its own}
   *
   * @param inputs what the network takes
   * @param weights those of the whole network, by path
   * @throws NndException if the configuration does not fit the network, or weights are missing
   */
  public static Merged extract(
      Layer network,
      List<InputSpec> inputs,
      Configuration configuration,
      Map<String, Literal> weights) {
    Layer chosen = Elastics.at(plain(network), configuration);
    Map<String, Literal> all = new LinkedHashMap<>(weights);
    crop(Expand.expand(chosen, inputs, Mode.INFERENCE), "", weights, all);
    Layer standalone = chosen.rewrite(CroppedConv.class, CroppedConv::standalone);
    Map<String, Literal> cut = new LinkedHashMap<>();
    for (Variable variable : Lower.lower(standalone, inputs, Mode.INFERENCE).variables()) {
      if (variable.kind() != Variable.Kind.STATE) {
        cut.put(variable.path(), leading(variable, all));
      }
    }
    return new Merged(standalone, cut);
  }

  /** {@return the elastic network that a supernet or subnet runs} */
  private static Layer plain(Layer network) {
    return switch (network) {
      case Supernet supernet -> plain(supernet.network());
      case Subnet subnet -> plain(subnet.network());
      default -> network;
    };
  }

  /** Replaces the kernels of the cropped convolutions in {@code all}. */
  private static void crop(
      Layer layer, String path, Map<String, Literal> weights, Map<String, Literal> all) {
    if (layer instanceof CroppedConv conv) {
      all.put(Paths.join(path, "weight"), conv.standaloneWeight(path, weights));
    }
    for (Child child : layer.children()) {
      String under = child.layer() instanceof Share share ? share.name() : child.under(path);
      crop(child.layer(), under, weights, all);
    }
  }

  private static Literal leading(Variable variable, Map<String, Literal> weights) {
    Literal whole = weights.get(variable.path());
    int[] shape = variable.type().shape().at(1);
    if (whole == null || whole.shape().length != shape.length) {
      throw new NndException(
          "extract: the weights have %s for '%s', which is %s"
              .formatted(
                  whole == null ? "nothing" : whole.type(), variable.path(), variable.type()));
    }
    double[] values = new double[Math.toIntExact(variable.type().shape().count().at(1))];
    double[] from = whole.toDoubles();
    for (int i = 0; i < values.length; i++) {
      int rest = i;
      int source = 0;
      int stride = 1;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        source += rest % shape[axis] * stride;
        rest /= shape[axis];
        stride *= whole.shape()[axis];
      }
      values[i] = from[source];
    }
    return Literal.ofDoubles(whole.dtype(), values, shape);
  }
}
