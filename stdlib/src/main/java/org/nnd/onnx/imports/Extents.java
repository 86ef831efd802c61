package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/**
 * Reads integer vectors whose elements are extents: what exporters compute from a shape that has
 * the batch size in it. Sums, products, exact quotients and rearrangements of a few elements.
 */
final class Extents {
  private static final int MOST = 64;

  private Extents() {}

  /** {@return the elements in row-major order, if each is known up to the batch size} */
  static Optional<List<Dim>> of(Node node) {
    if (!node.dtype().isInteger()
        || !node.shape().isFixed()
        || node.shape().count().at(0) > MOST
        || node.types().size() != 1) {
      return Optional.empty();
    }
    int count = (int) node.shape().count().at(0);
    return switch (node.op()) {
      case Op.Constant constant -> Optional.of(elements(constant.value()));
      case Op.Size size -> Optional.of(List.of(size.dim()));
      case Op.Reshape reshape -> of(node.operand(0));
      case Op.Convert convert -> of(node.operand(0));
      case Op.Broadcast broadcast ->
          node.operand(0).shape().count().is(1)
              ? of(node.operand(0)).map(x -> Collections.nCopies(count, x.get(0)))
              : Optional.empty();
      case Op.Concatenate concatenate when node.rank() == 1 -> concatenation(node.operands());
      case Op.Slice slice when node.rank() == 1 ->
          of(node.operand(0))
              .map(
                  x ->
                      IntStream.range(0, count)
                          .mapToObj(
                              i -> x.get(slice.start().get(0).fixed() + i * slice.stride().get(0)))
                          .toList());
      case Op.Gather gather when node.operand(0).rank() == 1 ->
          gather(node.operand(0), node.operand(1));
      case Op.Binary binary -> binary(binary.function(), node.operand(0), node.operand(1));
      case Op.Reduce reduce when node.rank() == 0 && node.operand(0).rank() == 1 ->
          switch (reduce.reduction()) {
            case PRODUCT ->
                of(node.operand(0)).map(x -> List.of(x.stream().reduce(Dim.ONE, Dim::times)));
            case SUM ->
                of(node.operand(0)).map(x -> List.of(x.stream().reduce(Dim.ZERO, Dim::plus)));
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static List<Dim> elements(Literal literal) {
    return literal.array() instanceof long[] longs
        ? Arrays.stream(longs).mapToObj(Dim::of).toList()
        : Arrays.stream(literal.toDoubles()).mapToObj(v -> Dim.of((long) v)).toList();
  }

  private static Optional<List<Dim>> concatenation(List<Node> parts) {
    List<Dim> result = new ArrayList<>();
    for (Node part : parts) {
      Optional<List<Dim>> extents = of(part);
      if (extents.isEmpty()) {
        return Optional.empty();
      }
      result.addAll(extents.get());
    }
    return Optional.of(result);
  }

  private static Optional<List<Dim>> gather(Node data, Node indices) {
    Optional<List<Dim>> from = of(data);
    Optional<List<Dim>> at = of(indices);
    boolean known =
        from.isPresent()
            && at.isPresent()
            && at.get().stream()
                .allMatch(i -> i.isFixed() && i.at(0) >= 0 && i.at(0) < from.get().size());
    return known
        ? Optional.of(at.get().stream().map(i -> from.get().get(i.fixed())).toList())
        : Optional.empty();
  }

  private static Optional<List<Dim>> binary(BinaryOp function, Node left, Node right) {
    Optional<List<Dim>> x = of(left);
    Optional<List<Dim>> y = of(right);
    if (x.isEmpty() || y.isEmpty()) {
      return Optional.empty();
    }
    List<Dim> result = new ArrayList<>();
    for (int i = 0; i < x.get().size(); i++) {
      Dim a = x.get().get(i);
      Dim b = y.get().get(i);
      switch (function) {
        case ADD -> result.add(a.plus(b));
        case SUBTRACT -> result.add(a.minus(b));
        case MULTIPLY -> result.add(a.times(b));
        case DIVIDE -> {
          if (!a.isDivisibleBy(b)) {
            return Optional.empty();
          }
          result.add(a.dividedBy(b));
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(result);
  }
}
