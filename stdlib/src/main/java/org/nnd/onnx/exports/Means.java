package org.nnd.onnx.exports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.ir.Window;

/** Sums of f32 values over their number, which ONNX has as one operator. */
final class Means {
  private Means() {}

  /** {@return the mean that a product or quotient is, if it is one} */
  static Optional<String> of(Scope s, Node node, BinaryOp function) {
    if (node.dtype() != DType.F32) {
      return Optional.empty();
    }
    return switch (function) {
      case DIVIDE -> mean(s, node.operand(0), node.operand(1), true);
      case MULTIPLY ->
          mean(s, node.operand(0), node.operand(1), false)
              .or(() -> mean(s, node.operand(1), node.operand(0), false));
      default -> Optional.empty();
    };
  }

  private static Optional<String> mean(Scope s, Node sum, Node number, boolean divides) {
    return switch (sum.op()) {
      case Op.Reduce reduce when reduce.reduction() == Reduction.SUM -> {
        Dim count =
            reduce.axes().stream()
                .map(axis -> sum.operand(0).shape().dim(axis))
                .reduce(Dim.ONE, Dim::times);
        yield reduce.axes().isEmpty() || count.is(0) || !isCount(number, count, divides)
            ? Optional.empty()
            : Optional.of(
                s.call(
                    "ReduceMean",
                    List.of(s.operand(sum, 0)),
                    Map.of("axes", Scope.integers(reduce.axes()), "keepdims", 0L)));
      }
      case Op.ReduceWindow reduce
          when reduce.reduction() == Reduction.SUM && Windows.isSpatial(reduce.window()) -> {
        Window window = Windows.spatial(reduce.window());
        Dim count = Dim.of(window.size().stream().reduce(1, Math::multiplyExact));
        yield !Windows.averages(window) || !isCount(number, count, divides)
            ? Optional.empty()
            : Optional.of(Windows.average(s, s.operand(sum, 0), window, true));
      }
      default -> Optional.empty();
    };
  }

  /** Whether a node is the count everywhere, or one over it. */
  private static boolean isCount(Node number, Dim count, boolean divides) {
    return switch (number.op()) {
      case Op.Broadcast broadcast -> isCount(number.operand(0), count, divides);
      case Op.Convert convert -> isCount(number.operand(0), count, divides);
      case Op.Size size -> divides && size.dim().equals(count);
      case Op.Constant constant ->
          count.isFixed()
              && constant.value().count() == 1
              && (float) constant.value().get(0) == (divides ? count.fixed() : 1f / count.fixed());
      default -> false;
    };
  }
}
