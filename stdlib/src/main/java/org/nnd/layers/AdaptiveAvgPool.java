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
      int axis = i + 2;
      int extent = Expect.fixed(at, "adaptiveAvgPool", x, axis, "elements along a spatial axis");
      Tensor weights = Tensor.of(Operations.constant(averages(extent, sizes.get(i))));
      y = y.transpose(axis, -1).matmul(weights.cast(x.dtype())).transpose(axis, -1);
    }
    return y;
  }

  /** The matrix {@code [inputs, outputs]} of one axis. */
  private static Literal averages(int inputs, int outputs) {
    float[] matrix = new float[inputs * outputs];
    for (int o = 0; o < outputs; o++) {
      int start = o * inputs / outputs;
      int end = ((o + 1) * inputs + outputs - 1) / outputs;
      for (int i = start; i < end; i++) {
        matrix[i * outputs + o] = 1f / (end - start);
      }
    }
    return Literal.of(matrix, inputs, outputs);
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
