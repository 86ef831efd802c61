package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
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

  /** A chain of sums of a value with itself has as many paths as 2 to its length. */
  private final Map<Node, Optional<List<Dim>>> found = new IdentityHashMap<>();

  /** {@return the elements in row-major order, if each is known up to the batch size} */
  Optional<List<Dim>> of(Node node) {
    if (node.operands().isEmpty()) {
      return computed(node);
    }
    Optional<List<Dim>> before = found.get(node);
    if (before == null) {
      before = computed(node);
      found.put(node, before);
    }
    return before;
  }

  private Optional<List<Dim>> computed(Node node) {
    if (node.dtype().isFloat()
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
      case Op.Compare compare -> comparison(compare.comparison(), node.operands());
      case Op.Select select -> selection(node.operands());
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

  private Optional<List<Dim>> concatenation(List<Node> parts) {
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

  private Optional<List<Dim>> gather(Node data, Node indices) {
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

  private Optional<List<Dim>> binary(BinaryOp function, Node left, Node right) {
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

  /** Truth is 1 or 0. */
  private Optional<List<Dim>> comparison(Comparison comparison, List<Node> operands) {
    Optional<List<Dim>> x = of(operands.get(0));
    Optional<List<Dim>> y = of(operands.get(1));
    if (x.isEmpty() || y.isEmpty()) {
      return Optional.empty();
    }
    List<Dim> result = new ArrayList<>();
    for (int i = 0; i < x.get().size(); i++) {
      Dim difference = x.get().get(i).minus(y.get().get(i));
      OptionalInt sign = sign(difference);
      if (sign.isEmpty()) {
        return Optional.empty();
      }
      boolean holds =
          switch (comparison) {
            case EQ -> sign.getAsInt() == 0;
            case NE -> sign.getAsInt() != 0;
            case LT -> sign.getAsInt() < 0;
            case LE -> sign.getAsInt() <= 0;
            case GT -> sign.getAsInt() > 0;
            case GE -> sign.getAsInt() >= 0;
          };
      result.add(holds ? Dim.ONE : Dim.ZERO);
    }
    return Optional.of(result);
  }

  /** The sign that a polynomial has for every batch size from 1 on, if it is always the same. */
  private static OptionalInt sign(Dim dim) {
    boolean up = true;
    boolean down = true;
    for (int power = 0; power <= dim.degree(); power++) {
      up &= dim.coefficient(power) >= 0;
      down &= dim.coefficient(power) <= 0;
    }
    return up || down ? OptionalInt.of(Long.signum(dim.at(1))) : OptionalInt.empty();
  }

  private Optional<List<Dim>> selection(List<Node> operands) {
    List<List<Dim>> all = new ArrayList<>();
    for (Node operand : operands) {
      Optional<List<Dim>> extents = of(operand);
      if (extents.isEmpty()) {
        return Optional.empty();
      }
      all.add(extents.get());
    }
    return Optional.of(
        IntStream.range(0, all.get(0).size())
            .mapToObj(i -> all.get(all.get(0).get(i).is(0) ? 2 : 1).get(i))
            .toList());
  }
}
