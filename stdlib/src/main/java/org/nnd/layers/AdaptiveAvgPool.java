package org.nnd.layers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;

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
    Tensor y = x;
    for (int i = 0; i < sizes.size(); i++) {
      int extent = Expect.fixed(at, "adaptiveAvgPool", x, i + 2, "elements along a spatial axis");
      y = sizes.get(i) == 1 ? y.keepDims(Tensor::mean, i + 2) : averages(y, i + 2, extent, i);
    }
    return y;
  }

  /** Averages along one axis, as a product with the matrix of which input is in which window. */
  private Tensor averages(Tensor x, int axis, int inputs, int index) {
    int outputs = sizes.get(index);
    double[] inside = new double[inputs * outputs];
    double[] counts = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      int start = o * inputs / outputs;
      int end = ((o + 1) * inputs + outputs - 1) / outputs;
      counts[o] = end - start;
      for (int i = start; i < end; i++) {
        inside[i * outputs + o] = 1;
      }
    }
    return x.transpose(axis, -1)
        .matmul(constant(x, inside, inputs, outputs))
        .div(constant(x, counts, outputs))
        .transpose(axis, -1);
  }

  private static Tensor constant(Tensor like, double[] values, int... shape) {
    return Tensor.of(Operations.constant(Literal.ofDoubles(like.dtype(), values, shape)));
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
