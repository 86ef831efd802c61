package org.nnd.layers.kernels;

import static org.nnd.layers.Layers.batchNorm;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.layers.Activation;
import org.nnd.layers.Layers;

/**
 * The network that makes the kernels of CKConv (Romero et al. 2022): three weight-normed pointwise
 * layers on positions. With {@link #SINE} it is a SIREN (Sitzmann et al. 2020): the argument of
 * each sine is multiplied by {@code omega}.
 *
 * @param activation Sine, ReLU, LeakyReLU or Swish, as the official options are called
 * @param norm "", BatchNorm or LayerNorm, before the activation; none with Sine
 */
record KernelMlp(
    int hidden, String activation, String norm, double omega, boolean bias, double dropout) {
  static final String SINE = "Sine";

  KernelMlp {
    Check.positive("ckConv", "hidden", hidden);
    Check.name("ckConv", "activation", activation, List.of(SINE, "ReLU", "LeakyReLU", "Swish"));
    if (!List.of("", "BatchNorm", "LayerNorm").contains(norm)) {
      throw Check.error("ckConv: unknown norm '%s', expected BatchNorm, LayerNorm or none", norm);
    }
    Check.positive("ckConv", "omega", omega);
    Check.fraction("ckConv", "weightDropout", dropout);
  }

  /**
   * {@return the values {@code [1, out, P]} at positions {@code [1, dims, P]}; variables lie under
   * {@code Kernel.kernel_net.0}, {@code .4} and {@code .8}}
   */
  Tensor values(Lowering at, Tensor positions, int out) {
    Tensor first = activated(at, 2, linear(at, 0, positions, hidden));
    Tensor second = activated(at, 6, linear(at, 4, first, hidden));
    Tensor values = linear(at, 8, second, out);
    return dropout == 0 ? values : at.call("Kernel.kernel_net.9", Layers.dropout(dropout), values);
  }

  private boolean isSine() {
    return activation.equals(SINE);
  }

  private Tensor activated(Lowering at, int place, Tensor x) {
    if (isSine()) {
      return x.mul(omega).sin();
    }
    String name = "Kernel.kernel_net." + place;
    Tensor normal =
        switch (norm) {
          case "BatchNorm" -> at.call(name, batchNorm(), x);
          case "LayerNorm" -> overall(at, name, x);
          default -> x;
        };
    return switch (activation) {
      case "ReLU" -> normal.relu();
      case "LeakyReLU" -> Activation.Function.LEAKY_RELU.of(normal);
      default -> normal.silu();
    };
  }

  /** The official layer norm: over channels and positions together, with a scale per channel. */
  private static Tensor overall(Lowering at, String name, Tensor x) {
    Tensor centred = x.sub(x.keepDims(Tensor::mean, 1, 2));
    Tensor scale = x.keepDims(Tensor::var, 1, 2).add(1e-12).rsqrt();
    Tensor weight = at.parameter(name + ".layer_norm.weight", Initializer.ones(), x.size(1));
    Tensor shift = at.parameter(name + ".layer_norm.bias", Initializer.zeros(), x.size(1));
    return centred.mul(scale).mul(weight.unsqueeze(-1)).add(shift.unsqueeze(-1));
  }

  private Tensor linear(Lowering at, int place, Tensor x, int out) {
    String name = "Kernel.kernel_net." + place + ".";
    int in = x.size(1);
    // SIREN's weights are uniform within 1 / in at first, then within sqrt(6 / in) / omega: rows of
    // a random direction and of the length that such a row has on average.
    boolean isFirst = place == 0;
    double length = isFirst ? 1 / Math.sqrt(3) : Math.sqrt(2) / omega;
    Initializer size =
        isSine()
            ? isFirst ? Initializer.uniform(-1, 1) : Initializer.constant(length)
            : Initializer.constant(isFirst ? 1 : Math.sqrt(2));
    Initializer direction = isFirst && in == 1 ? Initializer.ones() : Initializer.uniform(-1, 1);
    Tensor g = at.parameter(name + "weight_g", size, out, 1, 1).reshape(out, 1);
    Tensor v = at.parameter(name + "weight_v", direction, out, in, 1).reshape(out, in);
    Tensor weight = v.mul(g.div(v.square().keepDims(Tensor::sum, 1).sqrt()));
    Tensor y = weight.matmul(x.squeeze(0)).unsqueeze(0);
    if (!bias) {
      return y;
    }
    Initializer start = Initializer.uniform(-1, 1);
    return y.add(at.parameter(name + "bias", start, out).unsqueeze(-1));
  }
}
