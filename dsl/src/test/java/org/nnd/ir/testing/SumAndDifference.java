package org.nnd.ir.testing;

import java.util.List;
import java.util.Map;
import org.nnd.ir.CustomCode;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;
import org.nnd.ir.WorkSize;

/** A kernel written by hand: {@code s = a + b} and {@code d = a - b}, elementwise in f32. */
public final class SumAndDifference {
  public static final String NAME = "sum_and_difference";

  private static final String SOURCE =
      """
      __kernel void sum_and_difference(
          __global const float* a, __global const float* b, __global float* s, __global float* d,
          const long count) {
        const long i = get_global_id(0);
        if (i < count) {
          s[i] = a[i] + b[i];
          d[i] = a[i] - b[i];
        }
      }
      """;

  private SumAndDifference() {}

  static CustomCode code(TensorType type) {
    Dim count = type.shape().count();
    return new CustomCode(
        NAME,
        SOURCE,
        List.of(new CustomCode.Argument("a", type), new CustomCode.Argument("b", type)),
        List.of(new CustomCode.Argument("s", type), new CustomCode.Argument("d", type)),
        Map.of("count", new CustomCode.Extent(count)),
        List.of(WorkSize.exactly(count)),
        List.of(1),
        count.times(2));
  }

  static Graph graph(TensorType type) {
    return Operations.trace(
        List.of(type, type),
        x -> List.of(Operations.add(x.get(0), x.get(1)), Operations.subtract(x.get(0), x.get(1))));
  }
}
