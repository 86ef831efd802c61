package org.nnd.layers.kernels;

import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.conv1d;
import static org.nnd.layers.Layers.conv3d;

import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;

/**
 * Multigrid neural operator (He, Liu and Xu 2024): {@code u = gelu(W u + B u)} with W a {@link
 * MgConv} and B a pointwise layer, several times, then a linear pointwise layer to {@code out}
 * channels. Variables: {@code conv_list.i}, {@code linear_list.i}, {@code last_layer}.
 *
 * @param operator the multigrid operator of every layer, with {@code width} channels
 */
public record MgNo(int out, int layers, MgConv operator, Site site) implements Block {
  public MgNo {
    Check.positive("mgNo", "the number of output channels", out);
    Check.positive("mgNo", "layers", layers);
  }

  /** {@return this with so many smoothing steps on each level of the grids, the finest first} */
  public MgNo sweeps(int... perLevel) {
    return new MgNo(out, layers, operator.sweeps(perLevel), site);
  }

  /** {@return this with a boundary of zeros, reflect, replicate or circular} */
  public MgNo boundary(String name) {
    return new MgNo(out, layers, operator.boundary(name), site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor u = inputs.one();
    int axes = Inputs.axes(at, "mgNo", u, 1, 3);
    for (int layer = 0; layer < layers; layer++) {
      Tensor global = at.call("conv_list." + layer, operator, u);
      Tensor local = at.call("linear_list." + layer, pointwise(axes, operator.out()), u);
      u = global.add(local).gelu();
    }
    return Tensors.of(at.call("last_layer", pointwise(axes, out), u));
  }

  private static Layer pointwise(int axes, int features) {
    return (axes == 1 ? conv1d(features) : axes == 2 ? conv(features) : conv3d(features)).kernel(1);
  }

  @Override
  public String toString() {
    return "mgNo(" + out + ", " + layers + " layers of " + operator + ")";
  }
}
