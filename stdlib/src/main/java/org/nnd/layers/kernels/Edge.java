package org.nnd.layers.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;

/** What lies outside a picture when a window reaches over its edge, named as in PyTorch. */
@Vocabulary
public enum Edge {
  /** Zeros: a homogeneous Dirichlet boundary. */
  ZEROS,
  /** The mirrored inside, without the outermost sample: a Neumann boundary at the sample. */
  REFLECT,
  /** The outermost sample again: a Neumann boundary half a step further out. */
  REPLICATE,
  /** The other end: a periodic boundary. */
  CIRCULAR;

  static Edge named(String layer, String name) {
    List<String> names = Arrays.stream(values()).map(Edge::toString).toList();
    Check.name(layer, "padding mode", name, names);
    return values()[names.indexOf(name)];
  }

  /** {@return {@code [N, C, spatial...]} with this edge around it; zeros are left to the window} */
  Tensor pad(Lowering at, String layer, Tensor x, List<Integer> around) {
    Tensor y = x;
    for (int i = 0; i < around.size() && this != ZEROS; i++) {
      int axis = i + 2;
      int width = around.get(i);
      int length = x.size(axis);
      int most = this == REFLECT ? length - 1 : this == CIRCULAR ? length : Integer.MAX_VALUE;
      if (width > most) {
        throw at.error(
            "%s: %s padding of %d needs at least %d samples, axis %d of %s has %d",
            layer, this, width, this == REFLECT ? width + 1 : width, axis, x.shape(), length);
      }
      if (width > 0) {
        y = around(y, axis, width, length);
      }
    }
    return y;
  }

  private Tensor around(Tensor x, int axis, int width, int length) {
    return switch (this) {
      case ZEROS -> x;
      case REFLECT ->
          Tensor.concat(
              axis,
              List.of(
                  x.slice(axis, 1, width + 1).reverse(axis),
                  x,
                  x.slice(axis, length - 1 - width, length - 1).reverse(axis)));
      case CIRCULAR ->
          Tensor.concat(
              axis, List.of(x.slice(axis, length - width, length), x, x.slice(axis, 0, width)));
      case REPLICATE ->
          Tensor.concat(
              axis,
              List.of(
                  repeated(x.slice(axis, 0, 1), axis, width),
                  x,
                  repeated(x.slice(axis, length - 1, length), axis, width)));
    };
  }

  private static Tensor repeated(Tensor x, int axis, int times) {
    return x.broadcastTo(x.shape().with(axis, org.nnd.ir.Dim.of(times)));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
