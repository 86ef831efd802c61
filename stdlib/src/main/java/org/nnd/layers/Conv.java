package org.nnd.layers;

import java.util.Collections;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * Convolution over 1, 2 or 3 spatial axes: {@code [N, C, H, W]} to {@code [N, out, H', W']}.
 * Variables: {@code weight [out, C / groups, kernel…]}, {@code bias [out]}.
 */
public record Conv(Channels channels, Geometry geometry, boolean bias, Initial initial, Site site)
    implements UnaryLayer {

  /** How input channels become output channels. */
  public sealed interface Channels {
    /** {@code out} channels in {@code groups} groups of equal size. */
    record Grouped(int out, int groups) implements Channels {}

    /** Every channel on its own, {@code multiplier} results each. */
    record Depthwise(int multiplier) implements Channels {}
  }

  static Conv of(int axes, Channels channels, int kernel, Site site) {
    return new Conv(channels, Geometry.of(axes, kernel), true, Initial.STANDARD, site);
  }

  /** {@return this with a kernel of the given size, along every axis or one size per axis} */
  public Conv kernel(int... sizes) {
    return with(geometry.kernel(kind(), sizes).checked(kind()));
  }

  /**
   * {@return this with windows so many positions apart (1 unless told), along every axis or one
   * number per axis; the result is smaller by that factor}
   */
  public Conv stride(int... sizes) {
    return with(geometry.stride(kind(), sizes));
  }

  /**
   * {@return this with the kernel's taps so many positions apart (1 unless told), along every axis
   * or one number per axis}
   */
  public Conv dilation(int... sizes) {
    return with(geometry.dilation(kind(), sizes));
  }

  /** {@return this with elements added on both sides of every axis} */
  public Conv padding(int... sizes) {
    return with(geometry.padding(kind(), sizes));
  }

  /** {@return this with padding {@code "same"} (half the kernel) or {@code "valid"} (none)} */
  public Conv padding(String name) {
    return with(geometry.padding(kind(), name));
  }

  /**
   * {@return this with input and output channels in so many groups that are convolved apart; both
   * numbers of channels must be multiples}
   */
  public Conv groups(int groups) {
    Check.positive(kind(), "groups", groups);
    if (!(channels instanceof Channels.Grouped grouped)) {
      throw Check.error("%s: every channel is a group of its own", kind());
    }
    if (grouped.out() % groups != 0) {
      throw Check.error(
          "%s: %d groups do not divide %d output channels", kind(), groups, grouped.out());
    }
    Channels changed = new Channels.Grouped(grouped.out(), groups);
    return new Conv(changed, geometry, bias, initial, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public Conv bias(boolean wanted) {
    return new Conv(channels, geometry, wanted, initial, site);
  }

  /** {@return this with other initial distributions of weight and bias} */
  public Conv initializer(Initializer weight, Initializer bias) {
    return new Conv(channels, geometry, this.bias, new Initial(weight, Optional.of(bias)), site);
  }

  private Conv with(Geometry changed) {
    return new Conv(channels, changed, bias, initial, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    geometry.check(at, kind(), x);
    int in = Expect.fixed(at, kind(), x, 1, "channels");
    int groups = groupsOf(in);
    int out = outOf(in);
    Expect.divides(at, kind(), groups, "groups", in, "input channels");
    long[] sizes = geometry.kernel().stream().mapToLong(k -> k).toArray();
    Shape shape = Shape.of(out, in / groups).concat(Shape.of(sizes));
    Tensor weight = at.parameter("weight", initial.weight(), shape);
    Tensor y =
        Tensor.of(
            Operations.convolution(
                x.node(), weight.node(), geometry.window(), Dim.of(groups), Dim.ONE));
    return bias ? addBias(at, y, initial.bias(shape.count().fixed() / out), out) : y;
  }

  /** Adds {@code bias [out]}. */
  static Tensor addBias(Lowering at, Tensor y, Initializer initializer, int out) {
    return y.add(perChannel(at.parameter("bias", initializer, out), y.rank()));
  }

  /** {@return a vector {@code [C]} as {@code [C, 1, 1…]}, to go with {@code [N, C, spatial…]}} */
  public static Tensor perChannel(Tensor vector, int rank) {
    Shape ones = new Shape(Collections.nCopies(rank - 2, Dim.ONE));
    return vector.reshape(vector.shape().concat(ones));
  }

  int groupsOf(int in) {
    return switch (channels) {
      case Channels.Grouped grouped -> grouped.groups();
      case Channels.Depthwise depthwise -> in;
    };
  }

  int outOf(int in) {
    return switch (channels) {
      case Channels.Grouped grouped -> grouped.out();
      case Channels.Depthwise depthwise -> in * depthwise.multiplier();
    };
  }

  @Override
  public String kind() {
    boolean depthwise = channels instanceof Channels.Depthwise;
    int axes = geometry.axes();
    return (depthwise ? "depthwise" : "conv") + (axes == 2 ? "" : axes + "d");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind());
    switch (channels) {
      case Channels.Grouped grouped -> {
        text.append("(").append(grouped.out()).append(")");
        Geometry.option(text, "kernel", geometry.kernel(), -1);
        text.append(grouped.groups() == 1 ? "" : ".groups(" + grouped.groups() + ")");
      }
      case Channels.Depthwise depthwise -> {
        StringBuilder kernel = new StringBuilder();
        Geometry.option(kernel, "", geometry.kernel(), -1);
        text.append(kernel.substring(1));
        int multiplier = depthwise.multiplier();
        text.append(multiplier == 1 ? "" : ".multiplier(" + multiplier + ")");
      }
    }
    return text + geometry.text() + (bias ? "" : ".bias(false)");
  }
}
