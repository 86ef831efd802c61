package org.nnd.layers;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/**
 * Transposed convolution over 1, 2 or 3 spatial axes, the gradient of {@link Conv} with respect to
 * its input: {@code [N, C, H, W]} to {@code [N, out, (H - 1) stride - 2 padding + dilation (kernel
 * - 1) + 1 + outputPadding, …]}. Variables: {@code weight [C, out / groups, kernel…]}, {@code bias
 * [out]}.
 */
public record ConvTranspose(
    int out, int groups, int outputPadding, Geometry geometry, boolean bias, Site site)
    implements UnaryLayer {

  static ConvTranspose of(int axes, int out, Site site) {
    Check.positive("convTranspose", "the number of output channels", out);
    return new ConvTranspose(out, 1, 0, Geometry.of(axes, 2).stride("", 2), true, site);
  }

  /**
   * {@return this with a kernel of the given size (2 unless told), along every axis or one size per
   * axis}
   */
  public ConvTranspose kernel(int... sizes) {
    return with(geometry.kernel(kind(), sizes));
  }

  /**
   * {@return this with results so many positions apart for neighbouring inputs (2 unless told): the
   * result is larger by that factor}
   */
  public ConvTranspose stride(int... sizes) {
    return with(geometry.stride(kind(), sizes));
  }

  /**
   * {@return this with the kernel's taps so many positions apart (1 unless told), along every axis
   * or one number per axis}
   */
  public ConvTranspose dilation(int... sizes) {
    return with(geometry.dilation(kind(), sizes));
  }

  /** {@return this with elements cut off on both sides of every axis} */
  public ConvTranspose padding(int... sizes) {
    return with(geometry.padding(kind(), sizes));
  }

  /** {@return this with elements added after the last one of every axis} */
  public ConvTranspose outputPadding(int size) {
    Check.notNegative(kind(), "outputPadding", size);
    return new ConvTranspose(out, groups, size, geometry, bias, site);
  }

  /**
   * {@return this with input and output channels in so many groups that are convolved apart; both
   * numbers of channels must be multiples}
   */
  public ConvTranspose groups(int number) {
    Check.positive(kind(), "groups", number);
    if (out % number != 0) {
      throw Check.error("%s: %d groups do not divide %d output channels", kind(), number, out);
    }
    return new ConvTranspose(out, number, outputPadding, geometry, bias, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public ConvTranspose bias(boolean wanted) {
    return new ConvTranspose(out, groups, outputPadding, geometry, wanted, site);
  }

  private ConvTranspose with(Geometry changed) {
    return new ConvTranspose(out, groups, outputPadding, changed, bias, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, kind(), x, geometry.axes() + 2, geometry.layout());
    Expect.floats(at, kind(), x);
    int in = Expect.fixed(at, kind(), x, 1, "channels");
    Expect.divides(at, kind(), groups, "groups", in, "input channels");
    long[] sizes = geometry.kernel().stream().mapToLong(k -> k).toArray();
    Shape kernel = Shape.of(sizes);
    Shape shape = Shape.of(in, out / groups).concat(kernel);
    Tensor weight = at.parameter("weight", Initial.STANDARD.weight(), shape);

    // The same general convolution: input dilated by the stride, kernel reversed and, within each
    // group, its input and output channels exchanged.
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    int[] spatial = new int[geometry.axes()];
    for (int axis = 0; axis < geometry.axes(); axis++) {
      int around = geometry.reach(axis) - 1 - geometry.paddingAt(axis);
      low.add(around);
      high.add(around + outputPadding);
      spatial[axis] = axis + 2;
    }
    Window window =
        Window.of(geometry.kernel())
            .padding(low, high)
            .inputDilation(geometry.stride())
            .dilation(geometry.dilation());
    Tensor exchanged =
        weight
            .reshape(Shape.of(groups, in / groups, out / groups).concat(kernel))
            .transpose(1, 2)
            .reshape(Shape.of(out, in / groups).concat(kernel))
            .reverse(spatial);
    Tensor y =
        Tensor.of(
            Operations.convolution(x.node(), exchanged.node(), window, Dim.of(groups), Dim.ONE));
    for (int axis : spatial) {
      if (y.dim(axis).is(0)) {
        throw at.error("%s: nothing is left of %s, got %s", kind(), x.shape(), y.shape());
      }
    }
    long fanIn = (long) out / groups * kernel.count().fixed();
    return bias ? Conv.addBias(at, y, Initial.STANDARD.bias(fanIn), out) : y;
  }

  @Override
  public String kind() {
    return "convTranspose" + (geometry.axes() == 2 ? "" : geometry.axes() + "d");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind() + "(" + out + ")");
    Geometry.option(text, "kernel", geometry.kernel(), -1);
    text.append(geometry.text());
    text.append(outputPadding == 0 ? "" : ".outputPadding(" + outputPadding + ")");
    text.append(groups == 1 ? "" : ".groups(" + groups + ")");
    return text + (bias ? "" : ".bias(false)");
  }
}
