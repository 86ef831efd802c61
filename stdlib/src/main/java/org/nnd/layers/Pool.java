package org.nnd.layers;

import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.composite.Pooling;

/**
 * The largest or average element of each window of {@code [N, C, spatial…]}. The stride is the
 * kernel and the padding 0 unless given. The average counts padding as zeros, unless {@code
 * countPadding} is false.
 */
public record Pool(boolean max, Geometry geometry, boolean countPadding, Site site)
    implements UnaryLayer {

  static Pool of(int axes, boolean max, int kernel, Site site) {
    String kind = max ? "maxPool" : "avgPool";
    Geometry geometry = Geometry.of(axes, 1).kernel(kind, kernel).stride(kind, kernel);
    return new Pool(max, geometry.padding(kind, 0), true, site);
  }

  /**
   * {@return this with windows so many positions apart (as far as they are large unless told),
   * along every axis or one number per axis}
   */
  public Pool stride(int... sizes) {
    return with(geometry.stride(kind(), sizes));
  }

  /**
   * {@return this with elements added on both sides of every axis, or one number per axis: zeros
   * for the average, nothing that could be the largest; none unless told}
   */
  public Pool padding(int... sizes) {
    return with(geometry.padding(kind(), sizes));
  }

  /** {@return this with padding {@code "same"} (half the kernel) or {@code "valid"} (none)} */
  public Pool padding(String name) {
    return with(geometry.padding(kind(), name));
  }

  /**
   * {@return this where the average counts padding as zeros (as it does unless told), or divides by
   * the number of true elements}
   */
  public Pool countPadding(boolean wanted) {
    return new Pool(max, geometry, wanted, site);
  }

  private Pool with(Geometry changed) {
    return new Pool(max, changed, countPadding, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    geometry.check(at, kind(), x);
    for (int axis = 0; axis < geometry.axes(); axis++) {
      if (2 * geometry.paddingAt(axis) > geometry.kernel().get(axis)) {
        throw at.error(
            "%s: padding %s is more than half the kernel %s",
            kind(), geometry.paddings(), geometry.kernel());
      }
    }
    return Tensor.of(
        max
            ? Pooling.maxPool(x.node(), geometry.window())
            : Pooling.avgPool(x.node(), geometry.window(), countPadding));
  }

  @Override
  public String kind() {
    int axes = geometry.axes();
    return (max ? "maxPool" : "avgPool") + (axes == 2 ? "" : axes + "d");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    Geometry.option(text, "", geometry.kernel(), -1);
    text.replace(0, 1, kind());
    if (!geometry.stride().equals(geometry.kernel())) {
      Geometry.option(text, "stride", geometry.stride(), -1);
    }
    Geometry.option(text, "padding", geometry.paddings(), 0);
    return text + (countPadding ? "" : ".countPadding(false)");
  }
}
