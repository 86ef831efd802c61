package org.nnd.layers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.composite.Pooling;

/**
 * Averages to a fixed number of positions: {@code [N, C, spatial…]} to {@code [N, C, sizes…]}.
 * Output {@code i} of {@code o} averages inputs {@code floor(i n / o)} to {@code ceil((i + 1) n /
 * o)} (exclusive), as PyTorch does.
 */
public record AdaptiveAvgPool(List<Integer> sizes, Site site) implements UnaryLayer {
  public AdaptiveAvgPool {
    sizes = List.copyOf(sizes);
    Check.allPositive(
        "adaptiveAvgPool", "the output size", sizes.stream().mapToInt(i -> i).toArray());
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "adaptiveAvgPool", x, sizes.size() + 2, "[N, C, spatial…]");
    Expect.floats(at, "adaptiveAvgPool", x);
    for (int axis = 2; axis < x.rank(); axis++) {
      Expect.fixed(at, "adaptiveAvgPool", x, axis, "elements along a spatial axis");
    }
    return Tensor.of(Pooling.adaptiveAvgPool(x.node(), sizes));
  }

  @Override
  public String toString() {
    return sizes.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "adaptiveAvgPool(", ")"));
  }

  static List<Integer> list(int... sizes) {
    return Arrays.stream(sizes).boxed().toList();
  }
}
