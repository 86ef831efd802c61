package org.nnd.layers.kernels;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;

/**
 * Multiplicative anisotropic Gabor network (Romero et al. 2022, FlexConv, section 3.2): products of
 * linear layers with filters {@code exp(-|gamma (x - mu)|^2 / 2) sin(W x + b)} of the position. Its
 * highest frequency is known from its weights. Variables, as officially: {@code Kernel.filters.i}
 * ({@code linear.weight}, {@code linear.bias}, {@code mu}, {@code gamma}), {@code Kernel.linear.i},
 * {@code Kernel.output_linear}.
 *
 * @param layers linear layers between the filters, one less than filters
 * @param inputScale of the frequencies at first
 */
record Magnet(int hidden, int layers, double inputScale) {
  Magnet {
    Check.positive("flexConv", "hidden", hidden);
    Check.positive("flexConv", "layers", layers);
    Check.positive("flexConv", "inputScale", inputScale);
  }

  /**
   * What the network gives and how fast it may turn.
   *
   * @param values {@code [out, P]}
   * @param frequencies the highest one of each filter, in turns per unit of position
   */
  record Result(Tensor values, List<Tensor> frequencies) {}

  /** {@return the values at positions {@code [dims, P]} within [-1, 1]} */
  Result at(Lowering at, Tensor positions, int out, int taps, double spread) {
    List<Tensor> frequencies = new ArrayList<>();
    Tensor y = filter(at, 0, positions, spread, frequencies);
    for (int layer = 0; layer < layers; layer++) {
      double bound = Math.sqrt(1.0 / hidden);
      Tensor mixed =
          linear(
              at,
              "Kernel.linear." + layer,
              y,
              hidden,
              Initializer.uniform(-bound, bound),
              positions);
      y = filter(at, layer + 1, positions, spread, frequencies).mul(mixed);
    }
    // Chang et al. 2020: outputs as large as those of a usual kernel of so many taps.
    double bound = Math.sqrt(3.0 / hidden) * Math.sqrt(1.0 / taps);
    Initializer last = Initializer.uniform(-bound, bound);
    Tensor values = linear(at, "Kernel.output_linear", y, out, last, positions);
    return new Result(values, frequencies);
  }

  private Tensor filter(
      Lowering at, int index, Tensor positions, double spread, List<Tensor> frequencies) {
    int dims = positions.size(0);
    String name = "Kernel.filters." + index + ".";
    // Gamma(alpha / (index + 1), 1) has this mean and deviation.
    double shape = 6.0 / (index + 1);
    Initializer widths = new Initializer.Normal(shape, Math.sqrt(shape), 0.1 * shape, 3 * shape);
    double speed = inputScale / Math.sqrt(layers + 1) * shape / Math.sqrt(dims);
    Tensor weight =
        at.parameter(
                name + "linear.weight",
                Initializer.uniform(-speed, speed),
                pointwise(hidden, dims, dims))
            .reshape(hidden, dims);
    Tensor bias =
        at.parameter(name + "linear.bias", Initializer.uniform(-Math.PI, Math.PI), hidden);
    Tensor mu = at.parameter(name + "mu", Initializer.uniform(-spread, spread), hidden, dims);
    Tensor gamma = at.parameter(name + "gamma", widths, hidden, dims);
    Tensor away = positions.unsqueeze(0).sub(mu.unsqueeze(-1)).mul(gamma.unsqueeze(-1));
    Tensor window = away.square().sum(1).mul(-0.5).exp();
    frequencies.add(weight.abs().add(gamma.abs()).mul(1 / (2 * Math.PI)).max());
    return window.mul(weight.matmul(positions).add(bias.unsqueeze(-1)).sin());
  }

  private Tensor linear(
      Lowering at, String name, Tensor x, int out, Initializer start, Tensor positions) {
    int in = x.size(0);
    Tensor weight =
        at.parameter(name + ".weight", start, pointwise(out, in, positions.size(0)))
            .reshape(out, in);
    Tensor bias = at.parameter(name + ".bias", Initializer.zeros(), out);
    return weight.matmul(x).add(bias.unsqueeze(-1));
  }

  /** The shape of a pointwise convolution's weight. */
  static long[] pointwise(int out, int in, int dims) {
    long[] shape = new long[2 + dims];
    java.util.Arrays.fill(shape, 1);
    shape[0] = out;
    shape[1] = in;
    return shape;
  }
}
