package org.nnd.layers.kernels;

import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;

/**
 * The HyperZZW operator (Zhang 2024) on {@code [N, C, spatial...]}: a slow network of the
 * coordinates makes a hyper-kernel W as large as the input Z; each example's kernel is {@code Z *
 * W} elementwise, and the result {@code conv(Z, Z * W)}, channel by channel, keeps the size.
 * Variables: those of the slow network, {@code Kernel...}.
 *
 * @param net the slow network, a {@link Magnet}
 * @param size of a local kernel, the middle of Z * W; 0 for the full context
 */
public record HyperZzw(
    Magnet net, int size, boolean showsKernel, LongConvolution.Method method, Site site)
    implements KernelLayer {
  public HyperZzw {
    if (size != 0) {
      Check.odd("hyperZzw", "the local kernel's size", size);
    }
  }

  static HyperZzw of(Site site) {
    return new HyperZzw(new Magnet(16, 1, 25.6), 0, false, LongConvolution.Method.AUTO, site);
  }

  /** {@return this with so many units in the slow network} */
  public HyperZzw hidden(int units) {
    Magnet other = new Magnet(units, net.layers(), net.inputScale());
    return new HyperZzw(other, size, showsKernel, method, site);
  }

  /** {@return this with kernels cut to {@code taps} around the middle} */
  public HyperZzw size(int taps) {
    return new HyperZzw(net, taps, showsKernel, method, site);
  }

  @Override
  public HyperZzw showKernel() {
    return new HyperZzw(net, size, true, method, site);
  }

  @Override
  public HyperZzw method(LongConvolution.Method other) {
    return new HyperZzw(net, size, showsKernel, other, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor z = inputs.one();
    int axes = Inputs.axes(at, "hyperZzw", z, 1, 2);
    java.util.List<Integer> extents = LongConvolution.sizes(z, 2);
    int count = Inputs.count(extents);
    Tensor positions = positions(z, extents, count);
    Tensor values = net.at(at, positions, z.size(1), count, 1).values();
    Tensor hyper = values.reshape(z.shape().slice(1, z.rank()));
    Tensor kernel = z.mul(hyper);
    for (int axis = 2; size > 0 && axis < 2 + axes; axis++) {
      int extent = z.size(axis);
      int taps = Math.min(size, extent);
      int first = (extent - taps) / 2;
      kernel = kernel.slice(axis, first, first + (long) taps);
    }
    Tensor y = LongConvolution.centred(kernel, 1).method(method).perSample(z, kernel);
    return outputs(y, hyper, inputs);
  }

  private static Tensor positions(Tensor z, java.util.List<Integer> extents, int count) {
    int axes = extents.size();
    double[] places = new double[axes * count];
    for (int point = 0; point < count; point++) {
      int rest = point;
      for (int axis = axes - 1; axis >= 0; axis--) {
        int extent = extents.get(axis);
        places[axis * count + point] = Inputs.linspace(-1, 1, extent)[rest % extent];
        rest /= extent;
      }
    }
    return Inputs.constant(z, places, axes, count);
  }

  @Override
  public String toString() {
    return "hyperZzw()" + (size == 0 ? "" : ".size(" + size + ")");
  }
}
