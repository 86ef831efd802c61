package org.nnd.tests.peers;

import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.ir.Window;

/** Windows that slide. */
final class TorchWindows {
  private TorchWindows() {}

  static String reduce(TorchScope s, Node node, Op.ReduceWindow reduce) {
    Window w = reduce.window();
    return s.call(
        "windows",
        s.operand(node, 0),
        combiner(reduce.reduction(), node.dtype()),
        identity(reduce.reduction(), node.dtype()),
        w.size(),
        w.stride(),
        w.low(),
        w.high(),
        w.inputDilation(),
        w.dilation());
  }

  private static String combiner(Reduction reduction, DType dtype) {
    boolean logical = dtype == DType.BOOL;
    return switch (reduction) {
      case SUM -> "torch.add";
      case PRODUCT -> "torch.mul";
      case MAX -> logical ? "torch.logical_or" : "torch.maximum";
      case MIN -> logical ? "torch.logical_and" : "torch.minimum";
    };
  }

  /** {@return the result of reducing nothing, as far as the type can hold it} */
  static String identity(Reduction reduction, DType dtype) {
    double value = Literal.ofDoubles(dtype, new double[] {reduction.identity()}).get(0);
    return TorchText.number(dtype, dtype == DType.BOOL && reduction.identity() < 0 ? 0 : value);
  }

  /** Whether F.max_pool and F.avg_pool can do it: padding alike on both sides, at most half. */
  static boolean pools(Window w) {
    return w.rank() >= 1
        && w.rank() <= 3
        && w.inputDilation().stream().allMatch(d -> d == 1)
        && IntStream.range(0, w.rank())
            .allMatch(
                i ->
                    w.low().get(i) >= 0
                        && w.low().get(i).equals(w.high().get(i))
                        && 2 * w.low().get(i) <= w.size().get(i));
  }

  static String maxPool(TorchScope s, String x, Window w) {
    return s.call(
        "F.max_pool%dd".formatted(w.rank()),
        x,
        TorchText.tuple(w.size()),
        TorchText.tuple(w.stride()),
        TorchText.tuple(w.low()),
        TorchText.tuple(w.dilation()));
  }

  static String avgPool(TorchScope s, String x, Window w, boolean countPadding) {
    return s.call(
        "F.avg_pool%dd".formatted(w.rank()),
        x,
        TorchText.tuple(w.size()),
        TorchText.tuple(w.stride()),
        TorchText.tuple(w.low()),
        "False",
        TorchText.truth(countPadding));
  }

  static boolean averages(Window w) {
    return pools(w) && w.dilation().equals(List.copyOf(java.util.Collections.nCopies(w.rank(), 1)));
  }
}
